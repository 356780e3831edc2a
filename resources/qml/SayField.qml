import QtQuick

// Where he types; at its end the button that sends, or that is held to talk.
FocusScope {
    id: say

    required property var controls
    required property bool microphoneReady
    property alias text: input.text
    readonly property bool typing: input.activeFocus

    function type(words: string) {
        input.forceActiveFocus()
        input.insert(input.length, words)
    }

    function send() {
        if (say.controls.say(input.text)) input.clear()
    }

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Look.fieldPaper
        border.width: input.activeFocus ? 3 : Look.sharp ? 2 : 1.5
        border.color: input.activeFocus ? Look.focusLeft : Look.edge
    }

    TextInput {
        id: input
        objectName: "field"
        anchors { left: parent.left; right: button.left; leftMargin: Look.px(26); rightMargin: Look.px(10); verticalCenter: parent.verticalCenter }
        focus: true
        clip: true
        activeFocusOnTab: true
        selectByMouse: true
        maximumLength: 2000
        color: Look.ink
        selectionColor: Look.selection
        selectedTextColor: Look.ink
        font { family: Look.serif; pixelSize: Look.px(21) }
        Accessible.role: Accessible.EditableText
        Accessible.name: "say something, or type"
        Accessible.description: "Enter sends what you typed"
        onAccepted: say.send()

        Text {
            anchors.fill: parent
            visible: !input.text && !input.preeditText
            readonly property bool short_: say.width < Look.px(320)
            text: short_ ? "type here" : !say.microphoneReady || input.activeFocus ? "type, then press Enter" : "say something, or type"
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: Look.inkSoft
            font: input.font
            Accessible.ignored: true
        }
    }

    RoundButton {
        id: button
        objectName: "talk"
        readonly property bool sends: input.text.trim() !== ""
        anchors { right: parent.right; rightMargin: Look.px(6); verticalCenter: parent.verticalCenter }
        width: say.height - Look.px(12)
        height: width
        sign: sends ? "send" : "mic"
        text: sends ? "send" : say.microphoneReady ? "hold to talk" : "hold to talk: no microphone"
        lit: say.controls.talking
        enabled: sends || say.microphoneReady
        onPressed: if (!sends) say.controls.talk(true)
        onReleased: say.controls.talk(false)
        onCanceled: say.controls.talk(false)
        onClicked: if (sends) say.send()
        Keys.onPressed: event => {
            if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !event.isAutoRepeat) {
                event.accepted = true
                sends ? say.send() : say.controls.talk(true)
            }
        }
        Keys.onReleased: event => {
            if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !event.isAutoRepeat) say.controls.talk(false)
        }
        Accessible.onPressAction: sends ? say.send() : say.controls.talk(!say.controls.talking)
    }
}
