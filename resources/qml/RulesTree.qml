import QtQuick
import QtQuick.Controls.Basic as C

// The tree of packs and rules, drawn line by line. Up and Down walk, Left and Right fold, Enter shows, letters look.
ListView {
    id: list

    required property var page

    signal lookedFor(string letters)

    function walk(by: int) { go(Math.max(0, Math.min(count - 1, currentIndex < 0 ? 0 : currentIndex + by))) }
    function go(line: int) {
        if (line < 0 || line >= count) return
        currentIndex = line
        positionViewAtIndex(line, ListView.Contain)
    }
    function unfold() {
        if (!currentItem || !currentItem.below) return
        if (currentItem.open) walk(1)
        else page.tree.turn(currentIndex)
    }
    function foldUp() {
        if (!currentItem) return
        if (currentItem.open) page.tree.turn(currentIndex)
        else go(page.tree.above(currentIndex))
    }

    objectName: "rulesTree"
    clip: true
    activeFocusOnTab: true
    model: page.tree
    boundsBehavior: Flickable.StopAtBounds
    highlightFollowsCurrentItem: false
    keyNavigationEnabled: false
    cacheBuffer: 0
    currentIndex: -1
    Accessible.role: Accessible.Tree
    Accessible.name: "rules"
    Accessible.description: "Up and Down walk, Right unfolds, Left folds, Enter shows, letters look for rules"
    onHeightChanged: if (currentIndex >= 0) positionViewAtIndex(currentIndex, ListView.Contain)
    onActiveFocusChanged: if (activeFocus && currentIndex < 0 && count) currentIndex = 0

    Keys.onPressed: event => {
        const plain = !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
        const page_ = Math.max(1, Math.floor(height / Look.px(24)) - 1)
        const moves = { [Qt.Key_Up]: -1, [Qt.Key_Down]: 1, [Qt.Key_PageUp]: -page_, [Qt.Key_PageDown]: page_, [Qt.Key_Home]: -count, [Qt.Key_End]: count }
        if (event.key in moves) walk(moves[event.key])
        else if (event.key === Qt.Key_Right) unfold()
        else if (event.key === Qt.Key_Left) foldUp()
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) page.choose(currentIndex)
        else if (plain && event.text.trim() && event.text >= " " && event.key !== Qt.Key_Delete) lookedFor(event.text)
        else return
        event.accepted = true
    }

    delegate: Item {
        id: line
        required property int index
        required property string name
        required property string kind
        required property int depth
        required property bool open
        required property int below
        required property int fired
        required property string ruleId
        readonly property bool shown: list.page.chosen.id === ruleId
        readonly property bool marked: ListView.isCurrentItem && list.activeFocus

        width: ListView.view ? ListView.view.width : 0
        height: Look.px(24)
        Accessible.role: Accessible.TreeItem
        Accessible.name: name.replace(/[._]/g, " ") + (kind === "pack" ? ", pack" : kind === "rule" ? "" : ", " + kind.replace("_", " "))
            + (fired ? ", spoke " + (fired === 1 ? "once" : fired + " times") : ", never spoke")
        Accessible.description: "level " + (depth + 1) + (below ? (open ? ", open, " : ", folded, ") + below + " inside" : "")
        Accessible.focusable: true
        Accessible.focused: marked
        Accessible.selectable: true
        Accessible.selected: shown
        Accessible.onPressAction: { list.go(index); list.page.choose(index) }

        Rectangle {
            anchors.fill: parent
            radius: 5
            visible: line.marked || line.shown || over.hovered
            color: Look.raised
            border { width: line.marked ? 2 : 0; color: Look.glow }
        }
        Mono {
            id: mark
            x: Look.px(8) + line.depth * Look.px(16)
            anchors.verticalCenter: parent.verticalCenter
            text: line.kind === "broken" ? "✕" : line.below ? (line.open ? "▾" : "▸") : "·"
            color: line.kind === "broken" ? Look.glow : Look.chalkDim
            size: 12
        }
        Mono {
            x: mark.x + Look.px(18)
            width: Math.max(0, count.x - x - Look.px(10))
            anchors.verticalCenter: parent.verticalCenter
            text: line.name
            elide: Text.ElideMiddle
            color: line.kind === "broken" ? Look.glow : line.kind === "pack" ? Look.chalkBright : line.shown ? Look.chalkBright : Look.chalk
        }
        Mono {
            id: count
            anchors { right: parent.right; rightMargin: Look.px(8); verticalCenter: parent.verticalCenter }
            text: [line.kind === "pack" ? line.below + (line.below === 1 ? " rule" : " rules") : "", line.kind === "broken" ? "left out" : "",
                line.fired ? "× " + line.fired.toLocaleString(Qt.locale("C"), "f", 0) : ""].filter(one => one).join("  ")
            color: Look.chalkDim
            size: 12
        }
        HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
        TapHandler {
            onTapped: {
                list.forceActiveFocus()
                list.go(line.index)
                list.page.choose(line.index)
            }
        }
    }
    C.ScrollBar.vertical: PageBar { parent: list.parent; visible: list.visible; x: list.parent && list.x + list.width > list.parent.width * 0.7 ? list.parent.width - width : list.x + list.width + Look.px(3); y: list.y; height: list.height }
    FocusRing { on: list.activeFocus && list.currentIndex < 0; night: true; anchors.margins: -2; z: 2 }
}
