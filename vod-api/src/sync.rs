//! Locks that go on after a panic, and a cache for few values that are read often.
//!
//! What these locks guard is whole at every moment, so that a thread that panicked has not left it half changed.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// Locks, whether or not a thread has panicked with the lock held.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A few values that are looked up often and added rarely.
#[derive(Debug)]
pub(crate) struct ReadMostly<T>(RwLock<Vec<T>>);

impl<T> ReadMostly<T> {
    pub(crate) const fn new() -> Self {
        Self(RwLock::new(Vec::new()))
    }
}

#[cfg(test)]
impl<T> ReadMostly<T> {
    pub(crate) fn len(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl<T> Default for ReadMostly<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Clone> ReadMostly<T> {
    /// The value that matches. If there is none, it is made, outside the lock, and added after `make_room` has looked at
    /// the others. Of two that are made at the same time, the first one stays.
    pub(crate) fn get_or_insert<E>(
        &self,
        matches: impl Fn(&T) -> bool,
        make: impl FnOnce() -> Result<T, E>,
        make_room: impl FnOnce(&mut Vec<T>),
    ) -> Result<T, E> {
        let found = |values: &[T]| values.iter().find(|value| matches(value)).cloned();
        if let Some(value) = found(&self.0.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(value);
        }
        let new = make()?;
        let mut values = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = found(&values) {
            return Ok(value);
        }
        make_room(&mut values);
        values.push(new.clone());
        Ok(new)
    }
}

/// Room for a new value where at most that many are kept: the oldest ones go.
pub(crate) fn keep<T>(most: usize) -> impl FnOnce(&mut Vec<T>) {
    move |values| {
        let too_many = (values.len() + 1).saturating_sub(most);
        values.drain(..too_many);
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn get(cache: &ReadMostly<(u8, u8)>, key: u8, made: u8) -> u8 {
        let Ok((_, value)) =
            cache.get_or_insert(|(of, _)| *of == key, || Ok::<_, Infallible>((key, made)), keep(2));
        value
    }

    #[test]
    fn a_value_is_made_once_and_the_oldest_gives_way() {
        let cache = ReadMostly::new();
        assert_eq!([get(&cache, 1, 10), get(&cache, 1, 11), get(&cache, 2, 20)], [10, 10, 20]);
        assert_eq!([get(&cache, 3, 30), get(&cache, 2, 21), get(&cache, 1, 12)], [30, 20, 12]);
    }

    #[test]
    fn nothing_is_kept_of_what_fails() {
        let cache = ReadMostly::new();
        assert_eq!(cache.get_or_insert(|_| true, || Err("no"), |_| ()), Err("no"));
        assert_eq!(get(&cache, 1, 10), 10);
    }

    #[test]
    fn the_first_of_two_that_are_made_together_stays() {
        let cache = ReadMostly::new();
        let made = cache.get_or_insert(
            |(of, _)| *of == 1,
            || {
                get(&cache, 1, 10);
                Ok::<_, Infallible>((1, 11))
            },
            keep(2),
        );
        assert_eq!(made, Ok((1, 10)));
    }

    #[test]
    fn a_panic_under_the_lock_does_not_stop_others() {
        let mutex = Mutex::new(1);
        let panicked = std::thread::scope(|scope| {
            scope
                .spawn(|| {
                    let _guard = lock(&mutex);
                    panic!("under the lock");
                })
                .join()
        });
        assert!(panicked.is_err() && mutex.is_poisoned());
        assert_eq!(*lock(&mutex), 1);
    }
}
