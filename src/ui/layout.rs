//! Which pane stands where, by the size of the screen.

use crate::app::screen::{Area, Pane, Screen, Shape};

/// The least width for four panes at once, and for three.
const WIDE: u16 = 100;
const MEDIUM: u16 = 80;
/// The least height for more than one pane.
const HIGH: u16 = 18;

/// Returns where everything stands on a screen of this size; with `guide` a line of the tour too, where there is room.
pub fn layout(width: u16, height: u16, focus: Pane, lead: Pane, zoom: bool, guide: bool) -> Screen {
    let shape = match (width, height) {
        _ if zoom => Shape::Single,
        (WIDE.., HIGH..) => Shape::Wide,
        (MEDIUM.., HIGH..) => Shape::Medium,
        _ => Shape::Single,
    };
    let mut screen = Screen { width, height, shape, ..Screen::default() };
    let header = u16::from(height >= 6);
    let status = match height {
        12.. => 2,
        3.. => 1,
        _ => 0,
    };
    screen.header = Area::new(0, 0, width, header);
    let guide = u16::from(guide && height >= 8);
    screen.status = Area::new(0, height - status, width, status);
    screen.guide = Area::new(0, height - status - guide, width, guide);
    let body = Area::new(0, header, width, height - header - status - guide);
    if shape == Shape::Single {
        let tabs = u16::from(height >= 4);
        screen.tabs = Area::new(0, body.y, width, tabs);
        screen.panes[focus.index()] = Area::new(0, body.y + tabs, width, body.height - tabs);
        return screen;
    }
    // Frames share their lines: the last row of one is the first of the next.
    let lower = (body.height * 3 / 8).clamp(7, 24);
    let divide = body.bottom() - lower;
    let upper = Area::new(0, body.y, width, divide + 1 - body.y);
    let side = if shape == Shape::Wide { (width * 3 / 10).clamp(34, 48) } else { 30 };
    if shape == Shape::Wide {
        let middle = width / 2;
        screen.frames[Pane::Raw.index()] = Area { width: middle + 1, ..upper };
        screen.frames[Pane::Clean.index()] = Area { x: middle, width: width - middle, ..upper };
    } else {
        screen.frames[lead.index()] = upper;
    }
    screen.frames[Pane::Speakers.index()] = Area::new(0, divide, side + 1, lower);
    screen.frames[Pane::Timeline.index()] = Area::new(side, divide, width - side, lower);
    for pane in Pane::ALL {
        let frame = screen.frames[pane.index()];
        if !frame.is_empty() {
            screen.panes[pane.index()] = Area::new(frame.x + 1, frame.y + 1, frame.width - 2, frame.height - 2);
        }
    }
    screen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_holds_its_panes() {
        for width in 0..=210 {
            for height in 0..=65 {
                for (focus, lead, zoom) in [
                    (Pane::Clean, Pane::Clean, false),
                    (Pane::Timeline, Pane::Raw, false),
                    (Pane::Raw, Pane::Raw, true),
                ] {
                    let screen = layout(width, height, focus, lead, zoom, zoom ^ (height % 2 == 0));
                    for pane in Pane::ALL {
                        let (area, frame) = (screen.panes[pane.index()], screen.frames[pane.index()]);
                        assert!(area.right() <= width && area.bottom() <= height, "{width}x{height}");
                        assert!(frame.right() <= width && frame.bottom() <= height, "{width}x{height}");
                        if !frame.is_empty() {
                            assert!(area.width >= 20 && area.height >= 5, "{width}x{height}: {pane:?} {area:?}");
                        }
                    }
                    let shown = Pane::ALL.iter().filter(|pane| !screen.panes[pane.index()].is_empty()).count();
                    if width > 0 && height > 0 {
                        assert!(shown >= 1 && !screen.panes[focus.index()].is_empty(), "{width}x{height}");
                    }
                }
            }
        }
    }

    #[test]
    fn shapes_follow_the_size() {
        let shape = |width, height| layout(width, height, Pane::Clean, Pane::Clean, false, false).shape;
        assert_eq!(
            [shape(120, 40), shape(80, 24), shape(40, 12), shape(200, 10)],
            [Shape::Wide, Shape::Medium, Shape::Single, Shape::Single]
        );
    }
}
