import QtQuick

// The window: her on the left, how she is made on the right. It only watches; presses go out through `controls`.
Window {
    id: window

    required property var presence
    required property var tape
    required property var controls
    required property string serif
    required property string mono
    required property bool motion
    property bool paneOpen: true
    readonly property bool narrow: width < 960
    readonly property bool awake: visible && visibility !== Window.Minimized

    width: 1280
    height: 800
    minimumWidth: 720
    minimumHeight: 560
    visible: true
    color: Look.paper
    Binding { target: Look; property: "serif"; value: window.serif }
    Binding { target: Look; property: "mono"; value: window.mono }
    onClosing: { controls.talk(false); controls.close() }
    onActiveChanged: if (!active) controls.talk(false)

    Shortcut { sequences: ["F2"]; onActivated: window.togglePane() }
    Shortcut { sequences: ["Escape"]; onActivated: { window.controls.stop(); stage.forceActiveFocus() } }
    Shortcut { sequences: ["Ctrl+L"]; onActivated: side.focusField() }
    Shortcut { sequences: ["F6"]; onActivated: side.typing && window.paneOpen ? pane.focusList() : side.focusField() }
    Shortcut { sequences: ["Ctrl+Q"]; onActivated: window.close() }

    function togglePane() {
        if (paneOpen && pane.activeFocus) stage.forceActiveFocus()
        paneOpen = !paneOpen
    }

    Item {
        id: stage
        anchors.fill: parent
        focus: true

        Keys.onPressed: event => {
            const plain = !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
            if (event.key === Qt.Key_Space && plain) {
                if (!event.isAutoRepeat && window.presence.microphoneReady) window.controls.talk(true)
            } else if (event.key === Qt.Key_Up && window.paneOpen) {
                pane.walk(-1)
            } else if (event.key === Qt.Key_Down && window.paneOpen) {
                pane.walk(1)
            } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && window.paneOpen && !side.typing) {
                pane.open()
            } else if (plain && !side.typing && event.text.trim() && event.text >= " " && event.key !== Qt.Key_Delete) {
                side.type(event.text)
            } else {
                return
            }
            event.accepted = true
        }
        Keys.onReleased: event => {
            if (event.key !== Qt.Key_Space || event.isAutoRepeat) return
            window.controls.talk(false)
            event.accepted = true
        }

        Presence {
            id: side
            objectName: "side"
            width: !window.paneOpen || window.narrow ? parent.width : Math.round(parent.width * 0.444)
            height: window.paneOpen && window.narrow ? Math.round(parent.height * 0.5) : parent.height
            presence: window.presence
            controls: window.controls
            motion: window.motion
            awake: window.awake
            paneOpen: window.paneOpen
            onPaneAsked: window.togglePane()
        }
        Pane {
            id: pane
            visible: window.paneOpen
            x: window.narrow ? 0 : side.width
            y: window.narrow ? side.height : 0
            width: window.narrow ? parent.width : parent.width - side.width
            height: parent.height - y
            tape: window.tape
            presence: window.presence
            onCloseAsked: window.togglePane()
        }
    }
}
