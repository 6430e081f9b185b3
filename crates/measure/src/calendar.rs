//! The calendar: which moment is which day.
//!
//! Stores the epoch alone and turns [`Time`] into dates and back. Proleptic Gregorian, years 0 to 9999, no leap seconds and
//! no zones: a war between stars keeps one clock. Refuses any text that is not exactly `YYYY-MM-DD`, `YYYY-MM-DDThh:mm` or
//! `YYYY-MM-DDThh:mm:ss`.

use crate::Time;
use serde::{Deserialize, Serialize};
use thiserror::Error;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAY_S: i64 = 86_400;

/// Ties [`Time`] to dates by the date of the epoch. Serialised as that date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Calendar {
    /// Seconds from 0000-03-01T00:00 to the scenario's epoch.
    epoch_s: i64,
}

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// Not of the form asked for.
    #[error("not a date: expected YYYY-MM-DD, YYYY-MM-DDThh:mm or YYYY-MM-DDThh:mm:ss")]
    Form,
    /// No such month.
    #[error("there is no month {month}: months run from 01 to 12")]
    Month {
        /// The month as written.
        month: i64,
    },
    /// No such day in that month.
    #[error("{} {year} has {days} days, so there is no day {day}", name_of(*.month))]
    Day {
        /// The year as written.
        year: i64,
        /// The month as written, 1 to 12.
        month: i64,
        /// The day as written.
        day: i64,
        /// How many days the month has.
        days: i64,
    },
    /// No such hour, minute or second.
    #[error("there is no {hour:02}:{minute:02}:{second:02}: clocks run from 00:00:00 to 23:59:59")]
    Clock {
        /// The hour as written.
        hour: i64,
        /// The minute as written.
        minute: i64,
        /// The second as written.
        second: i64,
    },
}

impl Calendar {
    /// A calendar whose epoch is the moment written, as `2470-05-02T00:00`.
    ///
    /// # Errors
    /// When the text is not a date of this calendar.
    pub fn parse_epoch(text: &str) -> Result<Self, CalendarError> {
        Ok(Self { epoch_s: seconds_of(text)? })
    }

    /// The moment written, as `2470-05-07`, `2470-05-07T04:10` or `2470-05-07T04:10:30`.
    ///
    /// # Errors
    /// When the text is not a date of this calendar.
    pub fn parse(&self, text: &str) -> Result<Time, CalendarError> {
        Ok(Time(seconds_of(text)? - self.epoch_s))
    }

    /// `2470-05-07T04:10:00`: for machines; [`Calendar::parse`] reads it back.
    #[must_use]
    pub fn iso(&self, time: Time) -> String {
        let at = self.moment(time);
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            at.year, at.month, at.day, at.hour, at.minute, at.second
        )
    }

    /// `7 May 2470 04:10`: for people.
    #[must_use]
    pub fn long(&self, time: Time) -> String {
        let at = self.moment(time);
        format!("{} {} {} {:02}:{:02}", at.day, name_of(at.month), at.year, at.hour, at.minute)
    }

    /// `7 May 2470`: for people who do not need the hour.
    #[must_use]
    pub fn date(&self, time: Time) -> String {
        let at = self.moment(time);
        format!("{} {} {}", at.day, name_of(at.month), at.year)
    }

    /// `04:10`: for people who know the day.
    #[must_use]
    pub fn clock(&self, time: Time) -> String {
        let at = self.moment(time);
        format!("{:02}:{:02}", at.hour, at.minute)
    }

    /// The midnight that opens the day `time` is in.
    #[must_use]
    pub fn midnight(&self, time: Time) -> Time {
        let since_s = self.epoch_s.saturating_add(time.0).rem_euclid(DAY_S);
        Time(time.0.saturating_sub(since_s))
    }

    fn moment(self, time: Time) -> Moment {
        let seconds = self.epoch_s.saturating_add(time.0);
        let (year, month, day) = civil_of(seconds.div_euclid(DAY_S));
        let of_day = seconds.rem_euclid(DAY_S);
        Moment {
            year,
            month,
            day,
            hour: of_day / 3_600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
        }
    }
}

impl TryFrom<String> for Calendar {
    type Error = CalendarError;
    fn try_from(text: String) -> Result<Self, CalendarError> {
        Self::parse_epoch(&text)
    }
}

impl From<Calendar> for String {
    fn from(calendar: Calendar) -> Self {
        calendar.iso(Time::EPOCH)
    }
}

struct Moment {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

fn name_of(month: i64) -> &'static str {
    let index = usize::try_from(month - 1).unwrap_or(0);
    MONTHS.get(index).copied().unwrap_or("?")
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + is_leap(year) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 0000-03-01 to a date. Years begin in March here, so that a leap day is the last of its year and months follow
/// the line 153/5 days a month.
const fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = year - (month <= 2) as i64;
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 1
}

/// The inverse of [`days_of`]: (year, month, day).
const fn civil_of(days: i64) -> (i64, i64, i64) {
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + (month <= 2) as i64, month, day)
}

/// Seconds from 0000-03-01T00:00 to the moment written.
fn seconds_of(text: &str) -> Result<i64, CalendarError> {
    let bytes = text.as_bytes();
    let shape: &[u8] = match bytes.len() {
        10 => b"0000-00-00",
        16 => b"0000-00-00T00:00",
        19 => b"0000-00-00T00:00:00",
        _ => return Err(CalendarError::Form),
    };
    let fits = |(byte, form): (&u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        _ => byte == form,
    };
    if !bytes.iter().zip(shape).all(fits) {
        return Err(CalendarError::Form);
    }
    let number = |from: usize, to: usize| {
        bytes.get(from..to).unwrap_or(&[]).iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'))
    };
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let (hour, minute, second) = (number(11, 13), number(14, 16), number(17, 19));
    if !(1..=12).contains(&month) {
        return Err(CalendarError::Month { month });
    }
    let days = days_in(year, month);
    if !(1..=days).contains(&day) {
        return Err(CalendarError::Day { year, month, day, days });
    }
    if hour > 23 || minute > 59 || second > 59 {
        return Err(CalendarError::Clock { hour, minute, second });
    }
    Ok(days_of(year, month, day) * DAY_S + hour * 3_600 + minute * 60 + second)
}
