//! A folder, and `marsad` run in it: for every test of the command line.

#![allow(dead_code, reason = "each file of tests uses a part of it")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A command that has ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// Standard output of a command that must have succeeded.
    #[track_caller]
    pub(crate) fn stdout(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self.stdout
    }

    /// The rows of standard output, one JSON object a line.
    #[track_caller]
    pub(crate) fn rows(self) -> Vec<Value> {
        rows(&self.stdout())
    }

    /// The words on standard error of a command that must have failed in an orderly way.
    #[track_caller]
    pub(crate) fn error(self) -> String {
        assert_eq!(self.code, Some(1), "{}{}", self.stdout, self.stderr);
        assert!(self.stderr.contains("error:"), "{}", self.stderr);
        self.stderr
    }
}

#[track_caller]
pub(crate) fn rows(jsonl: &str) -> Vec<Value> {
    let parse = |line| serde_json::from_str(line).expect("each line is a JSON object");
    jsonl.lines().map(parse).collect()
}

/// A folder that is gone after the test, and the commands run in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and the folders it lies in.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        let parent = path.parent().expect("the folder at least");
        fs::create_dir_all(parent).expect("the folders are made");
        fs::write(path, contents).expect("the file is written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file is there, in UTF-8")
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("the file is there")
    }

    /// The names in the folder, so that a test sees what a command left behind.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        let entries = fs::read_dir(self.0.path()).expect("the folder is there");
        entries
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.into_string().expect("a name in UTF-8"))
            .collect()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("CLICOLOR_FORCE");
        command
    }

    /// Runs `marsad` in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.pipe("", arguments)
    }

    /// Runs `marsad` with `input` on its standard input.
    pub(crate) fn pipe(&self, input: impl AsRef<[u8]>, arguments: &[&str]) -> Outcome {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("marsad starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.as_ref();
        let output = std::thread::scope(|scope| {
            // A command that does not read its input closes the pipe: that is its right.
            scope.spawn(move || drop(stdin.write_all(input)));
            child.wait_with_output().expect("marsad ends")
        });
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}
