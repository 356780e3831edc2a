import QtQuick

// Her half with the lights out: nothing. Only what he types stands there, dimly, until it is sent; and whoever moves the
// mouse is told for a moment how to have the light back. Where she cannot be heard, her words stand there as dimly.
FocusScope {
    id: dark

    required property var controls
    property string said: ""         // her words, where no voice says them
    property alias text: line.text
    readonly property bool typing: line.activeFocus
    readonly property color ground: Look.darkness
    readonly property color ember: Look.ember

    signal finished()

    function type(words: string) {
        line.forceActiveFocus()
        line.insert(line.length, words)
    }

    function send() {
        if (!dark.controls.say(line.text)) return
        line.clear()
        leave()
    }

    function leave() {
        line.focus = false
        dark.finished()
    }

    TextInput {
        id: line
        objectName: "darkLine"
        anchors.centerIn: parent
        width: Math.min(contentWidth + Look.px(8), dark.width - Look.px(56))
        clip: true
        maximumLength: 2000
        cursorVisible: activeFocus && text !== ""
        color: dark.ember
        selectionColor: dark.ember
        selectedTextColor: dark.ground
        font { family: Look.serif; pixelSize: Look.px(26) }
        Accessible.role: Accessible.EditableText
        Accessible.name: "type in the dark"
        Accessible.description: "Enter sends what you typed"
        onAccepted: text.trim() ? dark.send() : dark.leave()
        onTextEdited: if (!text) dark.leave()
    }

    Text {
        objectName: "darkWords"
        anchors { bottom: line.top; bottomMargin: Look.px(24); horizontalCenter: parent.horizontalCenter }
        width: Math.min(parent.width - Look.px(56), Look.px(760))
        height: Math.min(implicitHeight, line.y - Look.px(36))
        visible: text !== ""
        text: dark.said
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        elide: Text.ElideRight
        horizontalAlignment: Text.AlignHCenter
        color: dark.ember
        font { family: Look.serif; pixelSize: Look.px(26) }
        Accessible.role: Accessible.StaticText
        Accessible.name: text
        Accessible.description: "what she says"
        Accessible.ignored: !visible
    }

    Text {
        id: hint
        objectName: "darkHint"
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Look.px(28) }
        visible: telling.running
        text: "F3: lights"
        textFormat: Text.PlainText
        color: dark.ember
        font { family: Look.serif; pixelSize: Look.px(17) }
        Accessible.role: Accessible.Button
        Accessible.name: "lights on"
        Accessible.description: "key F3"
        Accessible.onPressAction: dark.controls.lights(true)
        TapHandler { onTapped: dark.controls.lights(true) }
    }
    Timer { id: telling; interval: 2000 }
    onVisibleChanged: telling.stop()
    HoverHandler {
        property var was: null       // where the mouse lay; lying still, it asks for nothing
        onHoveredChanged: if (!hovered) was = null
        onPointChanged: {
            if (!hovered) return
            const at = point.scenePosition
            if (was && (at.x !== was.x || at.y !== was.y)) telling.restart()
            was = at
        }
    }
}
