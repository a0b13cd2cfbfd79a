//! The disk thread with a shelf that is slow and fails as told.

use super::*;
use crate::runtime::mail::{Mailbox, mailbox};
use std::sync::mpsc;

/// Tells when a save begins, waits for a word, and answers as told.
struct Slow {
    begun: mpsc::Sender<(usize, usize)>,
    answers: mpsc::Receiver<Result<(), String>>,
}

impl Shelf for Slow {
    fn open(&mut self, entry: usize) -> Result<Box<Opened>, String> {
        Err(format!("no {entry}"))
    }

    fn save(&mut self, entry: usize, steps: &[Step]) -> Result<(), String> {
        self.begun.send((entry, steps.len())).unwrap();
        self.answers.recv().unwrap()
    }

    fn keep(&mut self, _: usize, _: &Return) {}

    fn others(&mut self, _: usize) -> Result<Vec<(String, Annotations)>, String> {
        Ok(Vec::new())
    }

    fn amend(&mut self, _: usize, _: &str, _: &Step, _: &Edit) -> Result<Annotations, String> {
        Err("nobody".to_owned())
    }

    fn export(&mut self, _: &str, _: Option<PathBuf>) -> Result<String, String> {
        panic!("on purpose")
    }

    fn save_project(&mut self, _: &ProjectTexts) -> Result<(), String> {
        self.answers.recv().unwrap()
    }

    fn follow(&mut self, _: &Follow) -> (usize, Vec<String>) {
        (3, Vec::new())
    }

    fn items(&mut self) -> Vec<Item> {
        Vec::new()
    }

    fn list(&mut self) -> (Option<Vec<Entry>>, bool) {
        (None, false)
    }
}

type Begun = mpsc::Receiver<(usize, usize)>;
type Answers = mpsc::Sender<Result<(), String>>;

fn start() -> (Disk, Mailbox, Begun, Answers) {
    let (post, mailbox) = mailbox().unwrap();
    let ((begun, saw), (tell, answers)) = (mpsc::channel(), mpsc::channel());
    (Disk::start(Box::new(Slow { begun, answers }), post).unwrap(), mailbox, saw, tell)
}

fn save(entry: usize, revision: u64) -> Save {
    Save { entry, revision, steps: vec![Step::Undo] }
}

fn letters(mailbox: &mut Mailbox, count: usize) -> Vec<String> {
    let mut seen = Vec::new();
    while seen.len() < count {
        let mut fds = [rustix::event::PollFd::new(mailbox.bell(), rustix::event::PollFlags::IN)];
        rustix::event::poll(&mut fds, None).unwrap();
        seen.extend(mailbox.empty().into_iter().map(|letter| match letter {
            Mail::Event(Event::Saved { entry, revision, result }) => {
                format!("{entry} {revision} {}", result.is_ok())
            }
            Mail::Event(Event::Opened { result, .. }) => result.unwrap_err(),
            Mail::Event(Event::Exported(result)) => result.unwrap_err(),
            Mail::Event(Event::ProjectSaved(result)) => format!("project {}", result.is_ok()),
            Mail::Event(Event::Followed { count, failed }) => format!("followed {count} {}", failed.len()),
            Mail::Saved(failed) => format!("settled {failed:?}"),
            other @ Mail::Event(_) => panic!("{other:?}"),
        }));
    }
    seen
}

#[test]
fn saves_of_an_article_that_wait_are_one_and_go_before_anything_else() {
    let (disk, mut mailbox, saw, tell) = start();
    disk.save(save(0, 1));
    assert_eq!(saw.recv().unwrap(), (0, 1));
    disk.open(7);
    disk.save(save(0, 2));
    disk.save(save(1, 3));
    disk.save(save(0, 4));
    for _ in 0..3 {
        tell.send(Ok(())).unwrap();
    }
    assert_eq!(letters(&mut mailbox, 4), ["0 1 true", "0 4 true", "1 3 true", "no 7"]);
}

#[test]
fn what_failed_is_kept_and_tried_again() {
    let (disk, mut mailbox, saw, tell) = start();
    disk.save(save(0, 1));
    tell.send(Err("disk full".to_owned())).unwrap();
    assert_eq!(letters(&mut mailbox, 1), ["0 1 false"]);
    tell.send(Err("disk full".to_owned())).unwrap();
    disk.settle();
    assert_eq!(letters(&mut mailbox, 2), ["0 1 false", "settled [\"disk full\"]"]);
    tell.send(Ok(())).unwrap();
    drop(disk);
    assert_eq!(letters(&mut mailbox, 1), ["0 1 true"], "once more before the end");
    assert_eq!(saw.iter().collect::<Vec<_>>(), [(0, 1), (0, 0), (0, 0)], "a step is taken once");
}

#[test]
fn notes_follow_before_the_codebook_is_saved_and_not_while_others_are_unsaved() {
    let (disk, mut mailbox, _saw, tell) = start();
    let step = crate::annotation::codebook::Step {
        name: "renamed".to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        retags: Vec::new(),
        text: String::new(),
        memo: None,
    };
    let job = Follow { step: Arc::new(step), back: false, now: jiff::Timestamp::UNIX_EPOCH, except: None };
    disk.save(save(0, 1));
    disk.save_project(Arc::default());
    disk.follow(job.clone());
    tell.send(Ok(())).unwrap();
    tell.send(Err("disk full".to_owned())).unwrap();
    assert_eq!(letters(&mut mailbox, 3), ["0 1 true", "followed 3 0", "project false"]);
    tell.send(Err("disk full".to_owned())).unwrap();
    disk.settle();
    assert_eq!(letters(&mut mailbox, 2), ["project false", "settled [\"disk full\"]"]);
    disk.save(save(0, 2));
    tell.send(Err("disk full".to_owned())).unwrap();
    assert_eq!(letters(&mut mailbox, 1), ["0 2 false"]);
    disk.follow(job);
    assert_eq!(letters(&mut mailbox, 1), ["followed 0 1"]);
    tell.send(Ok(())).unwrap();
    tell.send(Ok(())).unwrap();
    drop(disk);
    assert_eq!(letters(&mut mailbox, 2), ["0 2 true", "project true"], "once more before the end");
}

#[test]
fn a_fault_is_an_answer_and_the_thread_lives_on() {
    let (disk, mut mailbox, _saw, tell) = start();
    disk.export("csv".to_owned(), None);
    assert!(letters(&mut mailbox, 1)[0].contains("on purpose"));
    tell.send(Ok(())).unwrap();
    disk.save(save(0, 1));
    assert_eq!(letters(&mut mailbox, 1), ["0 1 true"]);
}
