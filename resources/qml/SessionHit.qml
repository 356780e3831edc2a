import QtQuick

// One place where it was said: the found words are underlined.
Item {
    id: row

    required property int index
    required property var modelData
    readonly property bool current: ListView.view !== null && ListView.view.hit === index
    readonly property bool shown: ListView.view !== null && !ListView.view.live && ListView.view.turn === modelData.turn

    signal chosen()
    signal opened()

    width: ListView.view ? ListView.view.width : 0
    height: Look.px(50)

    Accessible.role: Accessible.ListItem
    Accessible.name: "turn " + modelData.turn + ", " + modelData.when + ", " + (modelData.who === "you" ? "you" : "her") + ": " + modelData.text
    Accessible.description: "Enter goes to this turn"
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.onPressAction: opened()

    Rectangle {
        anchors { fill: parent; bottomMargin: Look.px(2) }
        radius: 6
        visible: row.current || over.hovered
        color: Look.raised
        border { width: row.current ? 2 : 0; color: Look.focusRight }
    }
    HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
    TapHandler { onTapped: row.chosen(); onDoubleTapped: row.opened() }
    Row {
        x: Look.px(10)
        y: Look.px(6)
        spacing: Look.px(12)
        Mono { text: row.modelData.who; color: Look.chalkSoft; size: 11.5; width: Look.px(24) }
        Mono { text: "turn " + row.modelData.turn; color: Look.chalkSoft; size: 11.5 }
        Mono { text: row.modelData.when; color: Look.chalkDim; size: 11.5 }
        Mono { visible: row.shown; text: "shown"; color: Look.glow; size: 11.5 }
    }
    Row {
        id: line
        x: Look.px(46)
        y: Look.px(24)
        width: parent.width - x - Look.px(12)
        height: Look.px(20)
        clip: true
        Repeater {
            model: row.modelData.pieces
            Mono {
                required property var modelData
                required property int index
                readonly property bool before: index === 0 && row.modelData.pieces.length > 1 && !modelData.found
                width: Math.max(0, Math.min(implicitWidth, before ? line.width * 0.5 : line.width - x))
                text: modelData.text
                elide: before ? Text.ElideLeft : Text.ElideRight
                maximumLineCount: 1
                font.underline: modelData.found
                font.weight: modelData.found ? Font.Bold : Font.Normal
                color: modelData.found ? Look.chalkBright : Look.chalk
            }
        }
    }
}
