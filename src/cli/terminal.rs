//! Colours, and right-to-left text among left-to-right columns.

use anstyle::{AnsiColor, Color, Reset, Style};

pub(super) use marsad::evaluation::wrap;

pub(super) const ERROR: Style = Style::new()
    .fg_color(Some(Color::Ansi(AnsiColor::Red)))
    .bold();
pub(super) const WARNING: Style = Style::new()
    .fg_color(Some(Color::Ansi(AnsiColor::Yellow)))
    .bold();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RESET: Reset = Reset;

/// The colour of each class, in turn.
pub(super) fn class_style(class: usize) -> Style {
    const COLORS: [AnsiColor; 6] = [
        AnsiColor::Red,
        AnsiColor::Blue,
        AnsiColor::Green,
        AnsiColor::BrightBlack,
        AnsiColor::Magenta,
        AnsiColor::Cyan,
    ];
    Style::new().fg_color(Some(Color::Ansi(COLORS[class % COLORS.len()])))
}

/// The text between marks that let a terminal order it by its own first strong character, whatever stands around it
/// (U+2068 first strong isolate, U+2069 pop directional isolate; Unicode Standard Annex 9).
pub(super) fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// The width of the terminal in columns; 100 when there is none.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

/// Whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stdout())
}
