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
    readonly property real sayAt: kindAt + Look.px(width < 560 ? 142 : 162)

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
            height: row.trouble ? Math.max(Look.px(20), line.implicitHeight) : Look.px(20)
            Cell {
                width: row.kindAt - Look.px(14)
                horizontalAlignment: Text.AlignRight
                text: row.atMs.toLocaleString(Qt.locale("C"), "f", 0)
                color: Look.chalkDim
            }
            Cell {
                x: row.kindAt
                width: row.sayAt - x - Look.px(8)
                text: row.kind
                color: row.trouble ? Look.glow : row.drawn ? Look.chalk : Look.chalkSoft
            }
            Cell {
                id: line
                x: row.sayAt
                width: (bar.visible ? bar.x - Look.px(8) : chip.visible ? chip.x - Look.px(8) : parent.width) - x
                height: row.trouble ? implicitHeight : Look.px(20)
                wrapMode: row.trouble ? Text.Wrap : Text.NoWrap
                elide: row.trouble ? Text.ElideNone : Text.ElideRight
                text: row.drawn ? (row.rich.note || "") : row.summary
                horizontalAlignment: row.drawn ? Text.AlignRight : Text.AlignLeft
                color: row.trouble ? Look.glow : row.drawn ? Look.chalkDim : Look.chalk
            }
            TimingBar {
                id: bar
                visible: row.kind === "timing" && row.width > 460
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                rich: row.rich
            }
            WordButton {
                id: chip
                night: true
                visible: row.runLength > 1
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
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
