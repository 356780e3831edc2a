import QtQuick

// One turn in two lines: what he said, what she answered. Above the first of a session stands when it was.
Item {
    id: row

    required property int index
    required property int turn
    required property string head
    required property bool known
    required property string clock
    required property string heard
    required property string reply
    required property bool forgotten
    readonly property bool here: ListView.view !== null && ListView.view.at === index
    readonly property bool live: ListView.view !== null && ListView.view.live
    readonly property bool held: here && ListView.view.activeFocus
    readonly property real above: head ? Look.px(index ? 44 : 30) : 0
    readonly property real textAt: Look.px(64)

    signal chosen()
    signal opened()

    width: ListView.view ? ListView.view.width : 0
    height: above + Look.px(50)

    Accessible.role: Accessible.ListItem
    Accessible.name: "turn " + turn + (known ? ", " + clock + ". You: " + heard + ". Her: " + (reply || "nothing yet") : "")
        + (forgotten ? ". Words were removed." : "") + (here ? (live ? " This is now." : " This turn is shown.") : "")
    Accessible.description: (head ? "First turn of " + head + ". " : "") + "Enter opens it"
    Accessible.selectable: true
    Accessible.selected: here
    Accessible.onPressAction: chosen()

    Item {
        visible: row.head !== ""
        width: parent.width
        height: row.above
        Mono {
            id: which
            told: parent.visible
            x: Look.px(10)
            anchors { bottom: parent.bottom; bottomMargin: Look.px(7) }
            width: Math.min(implicitWidth, parent.width - 2 * x)
            text: row.head.toUpperCase()
            elide: Text.ElideRight
            color: Look.chalkSoft
            size: 11.5
            font.letterSpacing: 1.4
            Accessible.role: Accessible.Heading
            Accessible.name: row.head
        }
        Rectangle { anchors { left: which.right; leftMargin: Look.px(12); right: parent.right; rightMargin: Look.px(10); verticalCenter: which.verticalCenter } height: Look.hairline; color: Look.rule }
    }
    Item {
        y: row.above
        width: parent.width
        height: Look.px(50)
        Rectangle {
            anchors { fill: parent; bottomMargin: Look.px(2) }
            radius: 6
            visible: row.here || over.hovered
            color: Look.raised
            border { width: row.held ? 2 : 0; color: Look.focusRight }
        }
        Rectangle { visible: row.here; x: 0; y: Look.px(8); width: Look.px(3); height: parent.height - Look.px(18); radius: width / 2; color: Look.glow }
        HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
        TapHandler { onTapped: row.chosen(); onDoubleTapped: row.opened() }
        Mono {
            y: Look.px(6)
            width: row.textAt - Look.px(14)
            horizontalAlignment: Text.AlignRight
            text: row.turn
            fontSizeMode: Text.HorizontalFit
            color: row.here ? Look.chalkBright : Look.chalkSoft
        }
        Mono {
            y: Look.px(27)
            width: row.textAt - Look.px(14)
            horizontalAlignment: Text.AlignRight
            text: row.clock
            color: Look.chalkDim
            size: 11
        }
        Mono {
            x: row.textAt
            y: Look.px(6)
            width: side.x - x - Look.px(10)
            text: !row.known ? "…" : row.heard ? "“" + row.heard.replace(/\s+/g, " ") + "”" : "(nothing that could be understood)"
            elide: Text.ElideRight
            maximumLineCount: 1
            color: row.here ? Look.chalkBright : Look.chalk
        }
        Text {
            x: row.textAt
            y: Look.px(23)
            width: parent.width - x - Look.px(12)
            text: row.reply.replace(/\s+/g, " ")
            textFormat: Text.PlainText
            elide: Text.ElideRight
            maximumLineCount: 1
            color: row.here ? Look.chalk : Look.chalkSoft
            font { family: Look.serif; pixelSize: Look.px(16.5) }
            Accessible.ignored: true
        }
        Row {
            id: side
            anchors { right: parent.right; rightMargin: Look.px(12) }
            y: Look.px(6)
            spacing: Look.px(10)
            Mono { visible: row.forgotten; text: "▮"; color: Look.glow }
            Mono { visible: row.here; text: row.live ? "now" : "shown"; color: Look.glow; size: 11.5 }
        }
    }
}
