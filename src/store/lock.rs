//! The lock on one article's notes: one program at a time may change them.

use super::disk;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to sleep between two tries.
const PAUSE: Duration = Duration::from_millis(5);

/// A lock that is held. It ends with the value, and with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Locked as long as it is open.
    _file: File,
}

/// Takes the lock on `notes`; `None` where another one still holds it after `wait`.
///
/// The lock is on a file of its own beside the notes, since these are replaced by every save.
pub fn take(notes: &Path, wait: Duration) -> io::Result<Option<Lock>> {
    let path = disk::beside(notes, "lock");
    let end = Instant::now() + wait;
    loop {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        }
        let file = options.open(&path)?;
        match file.try_lock() {
            // Whoever held it before has removed it when done: then this is the lock of nothing.
            Ok(()) if still_there(&file, &path) => return Ok(Some(Lock { path, _file: file })),
            Ok(()) => continue,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if Instant::now() >= end {
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Still held: nobody else can have locked this file, and whoever waits for it looks whether it is still there.
        // A file that stays locks nothing.
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: &std::fs::Metadata, b: &std::fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().is_ok_and(|held| std::fs::metadata(path).is_ok_and(|named| same(&held, &named)))
}

#[cfg(not(unix))]
fn still_there(_: &File, _: &Path) -> bool {
    true
}
