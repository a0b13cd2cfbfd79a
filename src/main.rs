//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    whosaid::cli::main()
}
