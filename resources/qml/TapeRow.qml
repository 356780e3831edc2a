import QtQuick

// One entry: when, what kind, one plain line; for three kinds a drawing; and its data when opened.
Item {
    id: row

    required property int index
    required property string kind
    required property string summary
    required property int atMs
    required property var rich
    required property string json
    required property bool expanded
    required property int runLength
    required property bool unfolded
    readonly property bool drawn: ["final_transcript", "decision", "reply"].includes(kind)
    readonly property bool trouble: kind === "failure" || kind === "part_lost"
    readonly property bool current: ListView.isCurrentItem
    readonly property bool marked: current && ListView.view.walked
    readonly property real kindAt: Look.px(64)
    readonly property bool stacked: width < Look.px(430)    // what it says stands below its kind
    readonly property real sayAt: stacked ? kindAt : kindAt + Look.px(width < 560 ? 142 : 162)

    signal toggled()
    signal unfoldAsked()

    readonly property real edge: Look.px(10)

    width: ListView.view ? ListView.view.width : 0
    height: column.height + (drawn ? Look.px(11) : Look.px(2))

    onHeightChanged: if (marked && expanded) Qt.callLater(ListView.view.reveal)

    Accessible.role: Accessible.ListItem
    Accessible.name: atMs + " ms, " + kind.replace(/_/g, " ") + ": " + summary
    Accessible.description: expanded ? "open; Enter closes its data" : "Enter opens its data"
    Accessible.selectable: true
    Accessible.selected: marked
    Accessible.onPressAction: toggled()

    Rectangle {
        anchors.fill: parent
        radius: 6
        visible: row.marked || hover.hovered
        color: Look.raised
        border { width: row.marked ? 2 : 0; color: Look.glow }
    }
    HoverHandler { id: hover }
    TapHandler { onTapped: row.toggled() }

    Column {
        id: column
        x: row.edge
        y: row.drawn ? Look.px(4) : Look.px(1)
        width: parent.width - 2 * row.edge
        spacing: Look.px(5)

        Item {
            width: parent.width
            height: Math.max(Look.px(20), line.whole && line.text ? line.y + line.implicitHeight : 0)
            Cell {
                width: row.kindAt - Look.px(14)
                horizontalAlignment: Text.AlignRight
                text: row.atMs.toLocaleString(Qt.locale("C"), "f", 0)
                color: Look.chalkDim
            }
            Cell {
                x: row.kindAt
                width: (row.stacked ? chip.visible ? chip.x : parent.width : row.sayAt) - x - Look.px(8)
                text: row.kind
                color: row.trouble ? Look.glow : row.drawn ? Look.chalk : Look.chalkSoft
            }
            Cell {
                id: line
                readonly property bool whole: row.trouble || row.stacked
                x: row.sayAt
                y: row.stacked && text ? Look.px(20) : 0
                width: row.stacked ? parent.width - x : (bar.visible ? bar.x - Look.px(8) : chip.visible ? chip.x - Look.px(8) : parent.width) - x
                height: whole ? undefined : Look.px(20)
                wrapMode: whole ? Text.Wrap : Text.NoWrap
                elide: whole ? Text.ElideNone : Text.ElideRight
                text: row.drawn ? (row.rich.note || "") : row.summary
                horizontalAlignment: row.drawn && !row.stacked ? Text.AlignRight : Text.AlignLeft
                color: row.trouble ? Look.glow : row.drawn ? Look.chalkDim : Look.chalk
            }
            TimingBar {
                id: bar
                visible: row.kind === "timing" && row.width > 460 && !row.stacked
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                rich: row.rich
            }
            WordButton {
                id: chip
                night: true
                visible: row.runLength > 1
                anchors.right: parent.right
                y: (Look.px(20) - height) / 2
                text: "× " + row.runLength + (row.unfolded ? " ▾" : " ▸")
                Accessible.name: (row.unfolded ? "fold " : "show all ") + row.runLength + " " + row.kind.replace(/_/g, " ") + " rows"
                onClicked: row.unfoldAsked()
            }
        }
        Loader {
            active: row.drawn
            visible: active
            x: row.kindAt
            width: column.width - x
            sourceComponent: row.kind === "reply" ? reply : row.kind === "decision" ? decision : heard
        }
        Rectangle {
            visible: row.expanded
            x: row.kindAt
            width: parent.width - x
            height: visible ? fields.implicitHeight + Look.px(20) : 0
            radius: 6
            color: Look.sunk
            border { width: 1; color: Look.rule }
            Mono {
                id: fields
                objectName: "data"
                x: Look.px(12)
                y: Look.px(10)
                width: parent.width - 2 * x
                text: row.expanded ? row.json : ""
                wrapMode: Text.WrapAnywhere
                color: Look.chalkSoft
                size: 12
                lineHeight: 1.15
                Accessible.role: Accessible.StaticText
                Accessible.name: text
                told: row.expanded
            }
        }
        Item { visible: row.expanded && !row.drawn; width: 1; height: 1 }
    }

    Component { id: heard; HeardRow { rich: row.rich } }
    Component { id: decision; DecisionRow { rich: row.rich } }
    Component { id: reply; ReplyRow { rich: row.rich } }

    component Cell: Mono {
        height: Look.px(20)
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
    }
}
