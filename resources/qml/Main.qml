import QtQuick

// The window: her on the left, how she is made on the right. It only watches; presses go out through `controls`.
Window {
    id: window

    required property var presence
    required property var controls
    required property var pages
    required property var place
    required property var desk
    required property var preferences
    required property var terms
    required property string serif
    required property string mono
    required property string home
    required property bool motion
    readonly property bool paneOpen: preferences.paneOpen
    readonly property bool apart: preferences.paneApart && paneOpen
    readonly property bool beside: paneOpen && !apart
    readonly property bool narrow: width < 960
    readonly property bool awake: visible && visibility !== Window.Minimized

    minimumWidth: 480
    minimumHeight: 480
    visible: true
    color: Look.paper
    Component.onCompleted: {
        width = preferences.widthPx
        height = preferences.heightPx
    }
    Binding { target: Look; property: "serif"; value: window.serif }
    Binding { target: Look; property: "mono"; value: window.mono }
    Binding { target: Look; property: "textScale"; value: window.preferences.textScale }
    Binding { target: Look; property: "look"; value: window.preferences.look }
    Binding { target: Look; property: "terms"; value: window.terms }
    onClosing: { preferences.sized(width, height); controls.talk(false); controls.close() }
    onActiveChanged: if (!active) controls.talk(false)
    onPaneOpenChanged: if (!paneOpen && pane.activeFocus) stage.forceActiveFocus()

    component TheKeys: Keys_ {
        controls: window.controls
        pages: window.pages
        place: window.place
        preferences: window.preferences
        dark: window.presence.dark === true
        onTypingAsked: { window.requestActivate(); side.focusField() }
        onEscaped: window.hush()
    }
    TheKeys { window_: window; onNextPartAsked: side.typing && window.beside ? pane.enter() : side.focusField() }

    function hush() {
        controls.stop()
        if (presence.dark === true) controls.lights(true)
        stage.forceActiveFocus()
    }

    Item {
        id: stage
        anchors.fill: parent
        focus: true

        Keys.onPressed: event => {
            const plain = !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
            if (event.key === Qt.Key_Space && plain) {
                if (!event.isAutoRepeat && window.presence.microphoneReady) window.controls.talk(true)
            } else if (event.key === Qt.Key_Up && window.beside) {
                pane.walk(-1)
            } else if (event.key === Qt.Key_Down && window.beside) {
                pane.walk(1)
            } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && window.beside && !side.typing) {
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
            width: !window.beside || window.narrow ? parent.width : Math.round(parent.width * window.preferences.sideShare)
            height: window.beside && window.narrow ? Math.round(parent.height * 0.5) : parent.height
            presence: window.presence
            controls: window.controls
            motion: window.motion
            home: window.home
            awake: window.awake
            paneOpen: window.paneOpen
            onPaneAsked: window.preferences.open_pane(!window.paneOpen)
        }
        Pane {
            id: pane
            objectName: "programming"
            visible: window.beside
            x: window.narrow ? 0 : side.width
            y: window.narrow ? side.height : 0
            width: window.narrow ? parent.width : parent.width - side.width
            height: parent.height - y
            pages: window.pages
            place: window.place
            desk: window.desk
            presence: window.presence
            preferences: window.preferences
        }
        Divider {
            visible: window.beside && !window.narrow
            x: side.width - width / 2
            height: parent.height
            share: window.preferences.sideShare
            whole: parent.width
            onAsked: side_ => window.preferences.share(side_)
        }
    }

    Loader {
        active: window.apart
        sourceComponent: Window {
            id: other
            objectName: "apart"
            visible: true
            width: 860
            height: 800
            minimumWidth: 420
            minimumHeight: 360
            title: "this is programming"
            color: Look.ground
            transientParent: null
            onClosing: window.preferences.set_apart(false)
            TheKeys { window_: window; onNextPartAsked: apartPane.enter() }
            Pane {
                id: apartPane
                anchors.fill: parent
                focus: true
                pages: window.pages
                place: window.place
                desk: window.desk
                presence: window.presence
                preferences: window.preferences
                Component.onDestruction: window.pages.seen(false)
            }
        }
    }
}
