//! Files of the store on the disk: read within bounds, written whole and durably, or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The longest store file that is read, in bytes: some 100,000 notes.
pub const LONGEST: u64 = 128 << 20;

/// Reads a file of the store; `None` where there is none. A link, a device or a file that is too long is an error.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let kind = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    if !kind.is_file() {
        return Err(io::Error::other("it is no regular file; links are not followed out of a store"));
    }
    if kind.len() > LONGEST {
        return Err(io::Error::other(format!("it is longer than {} MB", LONGEST >> 20)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or(0));
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Reads the last `length` bytes of a file.
pub fn read_tail(path: &Path, length: u64) -> io::Result<Vec<u8>> {
    use std::io::{Seek, SeekFrom};
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(length)))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes `bytes` as the whole of `path`: once this returns, they outlive a power cut; where it fails, the old file
/// stands. Another process never sees half a file.
///
/// A new file is for its owner alone; an old one keeps its mode. Only one process at a time may write a path: its lock
/// is the caller's business. That is why the temporary file can have a fixed name, and one left by a crash can go.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let temporary = beside(path, "new");
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = create(&temporary).and_then(|mut file| {
        if let Ok(old) = fs::metadata(path) {
            keep_mode(&file, &old)?;
        }
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&temporary, path)) {
        // The half-written file is of no use to anybody; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    sync_folder(folder)
}

/// Writes a file that is the user's own (an export): whole or not at all, with the usual mode.
pub fn write_export(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = folder_of(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".whosaid-");
    // The mode of the file it replaces, or (less the process's mask) that of any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    let mut buffer = io::BufWriter::new(file.as_file_mut());
    write(&mut buffer)?;
    buffer.flush()?;
    drop(buffer);
    if let Ok(old) = fs::metadata(path) {
        keep_mode(file.as_file(), &old)?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// By what a file is known without reading it: a file that was replaced or written to has another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    length: u64,
    modified: Option<std::time::SystemTime>,
    #[cfg(unix)]
    file: (u64, u64),
}

impl Seen {
    /// Looks at a file; `None` where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let data = fs::symlink_metadata(path).ok()?;
        Some(Self {
            length: data.len(),
            modified: data.modified().ok(),
            #[cfg(unix)]
            file: (std::os::unix::fs::MetadataExt::dev(&data), std::os::unix::fs::MetadataExt::ino(&data)),
        })
    }
}

/// Makes a folder and those above it, for their owner alone; one that is there keeps its mode. Those that are made
/// outlive a power cut once this returns, unless the folder around them may not be read.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made: Vec<&Path> =
        path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    builder.recursive(true).create(path)?;
    for folder in made.into_iter().rev() {
        match sync_folder(folder_of(folder)) {
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Returns the hidden path `.NAME.ENDING` beside `path`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// The folder that holds `path`.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn keep_mode(file: &File, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = old.permissions().mode() & 0o777;
    if file.metadata()?.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_mode(_: &File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Makes what was made, renamed or removed in a folder outlive a power cut.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Does nothing: this system keeps folders by itself.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
