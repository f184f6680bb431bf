//! Files, folders and patterns as the user names them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::{through, write};

fn marsad(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Standard output, a sentence a line, and standard error of `marsad split`.
fn split(folder: &Path, arguments: &[&str]) -> (Vec<String>, String) {
    let output = marsad(folder, &[&["split"], arguments].concat());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    (stdout.lines().map(str::to_owned).collect(), stderr)
}

/// A folder of many kinds of files.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    write(path, "news/b.txt", "b first\nb second\n");
    write(path, "news/a/z.jsonl", "{\"text\": \"z\"}\n");
    write(
        path,
        "news/a/c.csv.gz",
        through(&["gzip", "-c"], b"id,text\n1,c\n"),
    );
    write(
        path,
        "news/c",
        through(&["xz", "-c"], b"{\"body\": \"by content\"}"),
    );
    write(path, "news/empty.jsonl", "");
    write(path, "news/photo.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF");
    write(path, "news/notes", "who knows what this is");
    write(path, "news/.hidden.txt", "hidden\n");
    write(path, "news/broken.txt.gz", b"\x1F\x8B\x08\0");
    folder
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names_and_says_what_it_leaves_out() {
    let folder = folder();
    let path = folder.path();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere.txt", path.join("news/gone.txt")).unwrap();
    let (sentences, stderr) = split(path, &["news"]);
    assert_eq!(sentences, ["c", "z", "b first", "b second", "by content"]);
    for name in ["photo.jpg", "notes", "broken.txt.gz"] {
        let line = stderr
            .lines()
            .find(|line| line.contains(&format!("news/{name}")));
        assert!(
            line.is_some_and(|line| line.contains("left out")),
            "{name}: {stderr}"
        );
    }
    assert!(!cfg!(unix) || stderr.contains("gone.txt"));
    assert!(!stderr.contains("hidden"));
}

#[test]
fn what_a_folder_holds_and_cannot_be_read_is_among_the_rejects() {
    let folder = folder();
    let path = folder.path();
    let single = [
        "classify",
        "news",
        "--rejects",
        "bad.jsonl",
        "-o",
        "tagged.jsonl",
        "--summary",
        "s.json",
    ];
    for arguments in [&single[..], &["classify", "news", "-o", "run/"]] {
        let output = marsad(path, arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let rejects = if arguments.len() == single.len() {
            let summary = fs::read_to_string(path.join("s.json")).unwrap();
            let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
            assert_eq!(summary["rejected"]["unreadable"], 3, "{summary}");
            fs::read_to_string(path.join("bad.jsonl")).unwrap()
        } else {
            fs::read_to_string(path.join("run/rejects-00000.jsonl")).unwrap()
        };
        let sources: Vec<String> = rejects
            .lines()
            .map(|line| {
                let row: serde_json::Value = serde_json::from_str(line).unwrap();
                assert_eq!(row["reason"], "unreadable");
                row["source"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(
            sources,
            ["news/broken.txt.gz", "news/notes", "news/photo.jpg"]
        );
    }
    let strict = marsad(
        path,
        &["classify", "news", "--strict", "-o", "strict.jsonl"],
    );
    assert_eq!(strict.status.code(), Some(1));
    assert!(
        String::from_utf8(strict.stderr)
            .unwrap()
            .contains("news/broken.txt.gz")
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_left_out_of_a_folder_and_an_error_by_its_name() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let secret = folder.path().join("news/b.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&secret).is_ok() {
        // The administrator may read everything.
        return;
    }
    let (sentences, stderr) = split(folder.path(), &["news"]);
    assert!(!sentences.iter().any(|sentence| sentence == "b first"));
    assert!(stderr.contains("left out news/b.txt: "), "{stderr}");
    assert_eq!(
        marsad(folder.path(), &["split", "news/b.txt"])
            .status
            .code(),
        Some(1)
    );
}

#[test]
fn patterns_stand_for_files_in_the_order_of_their_names() {
    let folder = folder();
    let (sentences, _) = split(folder.path(), &["news/**/*.[jt]*"]);
    assert_eq!(sentences[..2], ["z", "b first"]);
    let (sentences, _) = split(folder.path(), &["news/*.txt", "news/a/*.gz"]);
    assert_eq!(sentences, ["b first", "b second", "c"]);
    for (pattern, said) in [("news/*.parquett", "no files"), ("news/[", "news/[")] {
        let output = marsad(folder.path(), &["split", pattern]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stderr).unwrap().contains(said));
    }
}

#[test]
fn the_fields_of_all_formats_have_the_same_flags() {
    let folder = TempDir::new().unwrap();
    write(
        folder.path(),
        "a.jsonl",
        "{\"headline\": \"عنوان\", \"lead\": \"نص\", \"key\": 7}\n",
    );
    write(folder.path(), "b.csv", "key,headline,lead\n8,عنوان,نص\n");
    let arguments = [
        "--text-field",
        "headline",
        "--text-field",
        "lead",
        "--id-field",
        "key",
        "--json",
    ];
    let (rows, _) = split(
        folder.path(),
        &[&["a.jsonl", "b.csv"][..], &arguments].concat(),
    );
    let ids: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| serde_json::from_str(row).unwrap())
        .collect();
    let column = |name: &str| {
        ids.iter()
            .map(|row| row[name].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(column("id"), ["7", "7", "8", "8"]);
    assert_eq!(column("text"), ["عنوان", "نص", "عنوان", "نص"]);
}

#[test]
fn wrong_values_of_flags_are_refused() {
    let folder = TempDir::new().unwrap();
    for (arguments, said) in [
        (["--encoding", "arabic-7"], "windows-1256"),
        (["--max-record", "0"], "64M"),
        (["--max-record", "much"], "64M"),
        (["--max-ratio", "0"], "1.."),
    ] {
        let output = marsad(
            folder.path(),
            &[&["split"][..], &arguments, &["a"]].concat(),
        );
        assert_eq!(output.status.code(), Some(2));
        assert!(
            String::from_utf8(output.stderr).unwrap().contains(said),
            "{arguments:?}"
        );
    }
}

/// A line of 200 MB among others is passed over by a process that may not have more than 600 MiB of addresses.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_whatever_the_length_of_a_line() {
    let script = "ulimit -v 614400; \
        (echo '{\"text\": \"one\"}'; printf '{\"text\": \"'; head -c 200000000 /dev/zero | tr '\\0' x; echo '\"}'; echo '{\"text\": \"two\"}') \
        | \"$MARSAD\" split --max-record 16M";
    let output = Command::new("bash")
        .args(["-c", script])
        .env("MARSAD", env!("CARGO_BIN_EXE_marsad"))
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "one\ntwo\n",
        "{stderr}"
    );
    assert!(
        stderr.contains("skipped stdin:2: has 200000013 bytes") && stderr.contains("--max-record"),
        "{stderr}"
    );
}
