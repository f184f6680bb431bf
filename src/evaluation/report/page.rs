//! The whole page.

use super::plot::style;
use super::plots::Plots;
use super::sections;
use crate::Error;
use crate::evaluation::Evaluation;
use crate::markup::escape;

impl Evaluation {
    /// The evaluation as one HTML page in English, which needs no other file, no script and no network. It follows the reader's light
    /// or dark scheme and is well-formed as XML, so that any tool can read it. `examples` errors are shown of each of the most
    /// frequent confusions, as far as [`errors`](Self::errors) holds them.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when a plot cannot be drawn, which no evaluation causes that this crate makes.
    pub fn to_html(&self, examples: usize) -> Result<String, Error> {
        let plots = Plots::of(self)?;
        let title = escape(&self.title());
        let parts = [
            sections::summary(self),
            sections::confusions(self, &plots),
            sections::labels(self, &plots),
            sections::probabilities(self, &plots),
            sections::learning_curve(self, &plots),
            sections::cross_validation(self),
            sections::slices(self, &plots),
            sections::prevalence(self),
            sections::errors(self, examples),
            sections::method(self),
        ];
        Ok(format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <title>{title}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{}\
             <footer class=\"quiet\">Made by {}.</footer>\n</main>\n</body>\n</html>\n",
            include_str!("page.css"),
            style(),
            parts.concat(),
            escape(&self.software),
        ))
    }

    fn title(&self) -> String {
        match (&self.cross_validation, self.model.name.as_str()) {
            (Some(_), _) => "A configuration measured by cross-validation".to_owned(),
            (None, "embedded") => "The embedded model measured".to_owned(),
            (None, name) => format!("The model {name} measured"),
        }
    }
}
