"""Names stand beside their symbols, and never on each other."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from views.paper.drawing.labels import Box, Label, Room, place

FRAME = Box(0, 0, 900, 600)
WORD = (80.0, 18.0)


def label(x: float, y: float, leader: bool = False) -> Label:
    return Label(x, y, 10, (WORD,), leader)


def room_around(labels: list[Label]) -> Room:
    room = Room()
    for each in labels:
        room.take(Box.around(each.x, each.y, 18, 18))
    return room


spots = st.lists(st.tuples(st.floats(0, 900), st.floats(0, 600), st.booleans()), max_size=40)


@given(spots)
def test_names_never_overlap_each_other_or_a_symbol_and_never_leave_the_frame(points):
    labels = [label(*point) for point in points]
    found = [each for each in place(labels, room_around(labels), FRAME) if each]
    assert not any(a.box.overlaps(b.box) for a, b in combinations(found, 2))
    symbols = [Box.around(each.x, each.y, 18, 18) for each in labels]
    assert not any(each.box.overlaps(symbol) for each in found for symbol in symbols)
    assert all(each.box.within(FRAME) for each in found)


@given(spots)
def test_the_same_labels_get_the_same_places(points):
    labels = [label(*point) for point in points]
    assert place(labels, room_around(labels), FRAME) == place(labels, room_around(labels), FRAME)


def test_a_name_alone_stands_to_the_right_of_its_symbol():
    only = label(300, 300)
    [found] = place([only], room_around([only]), FRAME)
    assert found.box.left == 310
    assert found.box.centre[1] == 300
    assert found.leader is None


def test_a_name_at_the_right_edge_stands_to_the_left():
    only = label(880, 300)
    [found] = place([only], room_around([only]), FRAME)
    assert found.box.right == 870


def test_a_shorter_form_is_taken_where_the_longer_has_no_room():
    both = Label(50, 300, 10, ((2000.0, 18.0), WORD))
    [found] = place([both], room_around([both]), FRAME)
    assert found.size == 1


def test_a_name_without_room_beside_its_symbol_stands_apart_with_a_line():
    hemmed = label(450, 300, leader=True)
    room = room_around([hemmed])
    for box in (Box(470, 285, 475, 315), Box(425, 285, 430, 315)):
        room.take(box)
    [found] = place([hemmed], room, FRAME)
    assert found.leader is not None
    (x, y), end = found.leader
    assert abs(x - 450) <= 11
    assert abs(y - 300) <= 11
    assert Box.around(*end, 0.1, 0.1).overlaps(found.box.grown(0.1))


def test_a_minor_name_without_room_is_left_out():
    hemmed = label(450, 300)
    room = room_around([hemmed])
    room.take(Box(400, 250, 500, 350))
    assert place([hemmed], room, FRAME) == [None]
