//! Draws a run of the consumer: what it pulled and confirmed a second, and what it had in flight.
#![allow(unreachable_pub, reason = "a module of benches")]

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

/// A consumer's figures at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    pub seconds: f64,
    pub pulled: u64,
    pub confirmed: u64,
    pub in_flight: usize,
}

const SIZE: (u32, u32) = (900, 520);
const PULLED: RGBColor = RGBColor(31, 119, 180);
const CONFIRMED: RGBColor = RGBColor(214, 96, 20);
const IN_FLIGHT: RGBColor = RGBColor(44, 130, 60);
const LIMIT: RGBColor = RGBColor(120, 120, 120);
/// Rates are of this many samples, so that single calls do not show as steps.
const SMOOTHED: usize = 4;

/// Draws samples into a file. `ceiling` is the rate that can't be exceeded.
pub fn draw(file: &Path, samples: &[Sample], ceiling: f64) {
    try_draw(file, samples, ceiling).expect("the plot can be written");
}

fn try_draw<'f>(file: &'f Path, samples: &[Sample], ceiling: f64) -> Result<(), Box<dyn Error + 'f>> {
    let area = SVGBackend::new(file, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let (rates, levels) = area.split_vertically(SIZE.1 * 3 / 5);
    let end = samples.last().map_or(1.0, |sample| sample.seconds);

    let mut chart = ChartBuilder::on(&rates)
        .margin(12)
        .x_label_area_size(24)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..end, 0.0..ceiling * 1.1)?;
    chart.configure_mesh().light_line_style(TRANSPARENT).y_desc("events a second").draw()?;
    chart
        .draw_series(LineSeries::new([(0.0, ceiling), (end, ceiling)], LIMIT))?
        .label("the service's ceiling")
        .legend(|at| swatch(at, LIMIT));
    chart
        .draw_series(LineSeries::new(rate(samples, |sample| sample.pulled), PULLED.stroke_width(2)))?
        .label("pulled")
        .legend(|at| swatch(at, PULLED));
    chart
        .draw_series(LineSeries::new(rate(samples, |sample| sample.confirmed), CONFIRMED.stroke_width(2)))?
        .label("confirmed")
        .legend(|at| swatch(at, CONFIRMED));
    let legend = SeriesLabelPosition::LowerRight;
    chart.configure_series_labels().position(legend).background_style(WHITE).border_style(LIMIT).draw()?;

    let most = samples.iter().map(|sample| sample.in_flight).max().unwrap_or(1).max(1);
    let mut chart = ChartBuilder::on(&levels)
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..end, 0..most + most / 5 + 1)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc("seconds")
        .y_desc("events in flight")
        .y_labels(5)
        .draw()?;
    let in_flight = samples.iter().map(|sample| (sample.seconds, sample.in_flight));
    chart.draw_series(LineSeries::new(in_flight, IN_FLIGHT.stroke_width(2)))?;
    area.present()?;
    Ok(())
}

/// Growth a second of a counter over time.
#[allow(clippy::cast_precision_loss)] // far below 2^53
fn rate(samples: &[Sample], counter: fn(&Sample) -> u64) -> impl Iterator<Item = (f64, f64)> {
    samples.windows(SMOOTHED + 1).map(move |window| {
        let (first, last) = (&window[0], &window[SMOOTHED]);
        let growth = (counter(last) - counter(first)) as f64 / (last.seconds - first.seconds);
        (last.seconds, growth)
    })
}

fn swatch((x, y): (i32, i32), colour: RGBColor) -> PathElement<(i32, i32)> {
    PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(2))
}
