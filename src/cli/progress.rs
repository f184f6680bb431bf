//! Bars on standard error, only where that is a terminal.

use std::borrow::Cow;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over bytes, or a running count when the length is not known.
pub(super) fn bytes(length: Option<u64>, quiet: bool) -> ProgressBar {
    let template = match length {
        Some(_) => "{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left",
        None => "{spinner} {bytes}  {bytes_per_sec}  {elapsed}",
    };
    // A mebibyte is read before a bar could be looked at.
    let short = length.is_some_and(|length| length < 1 << 20);
    bar(length, template, quiet || short)
}

/// A bar over steps of one kind of work.
pub(super) fn steps(length: u64, what: impl Into<Cow<'static, str>>, quiet: bool) -> ProgressBar {
    bar(Some(length), "{msg} {bar:30} {pos}/{len}  {elapsed}", quiet).with_message(what)
}

/// A sign of life for work of unknown length.
pub(super) fn spinner(what: impl Into<Cow<'static, str>>, quiet: bool) -> ProgressBar {
    let spinner = bar(None, "{spinner} {msg}  {elapsed}", quiet).with_message(what);
    spinner.enable_steady_tick(std::time::Duration::from_millis(120));
    spinner
}

fn bar(length: Option<u64>, template: &str, quiet: bool) -> ProgressBar {
    // indicatif itself stays silent when standard error is no terminal.
    let target = if quiet {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(length, target);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
