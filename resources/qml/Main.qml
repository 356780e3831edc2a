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
    required property var book       // where a screenplay is performed, else nothing
    readonly property bool paneOpen: preferences.paneOpen
    readonly property bool apart: preferences.paneApart && paneOpen
    readonly property bool beside: paneOpen && !preferences.paneApart
    readonly property bool paneSeen: apart || beside
    property bool ending: false      // closed: the other window goes with it
    readonly property bool narrow: width < 960
    readonly property bool covers: beside && narrow && height < Look.px(500)    // no room for both: the pane takes all of it
    readonly property bool left: book ? strip.activeFocus : side.typing    // the keyboard is on her side
    readonly property bool awake: visible && visibility !== Window.Minimized

    minimumWidth: 480
    minimumHeight: 480
    visible: true
    color: Look.paper
    Component.onCompleted: {
        width = preferences.widthPx
        height = preferences.heightPx
        pages.seen(paneSeen)
    }
    Binding { target: Look; property: "serif"; value: window.serif }
    Binding { target: Look; property: "mono"; value: window.mono }
    Binding { target: Look; property: "textScale"; value: window.preferences.textScale }
    Binding { target: Look; property: "look"; value: window.preferences.look }
    Binding { target: Look; property: "terms"; value: window.terms }
    onClosing: { preferences.sized(width, height); controls.talk(false); controls.close(); ending = true; if (away.item) away.item.close() }
    onActiveChanged: if (!active) controls.talk(false)
    onPaneSeenChanged: {
        pages.seen(paneSeen)
        if (!ending) side.say(paneSeen ? "this is programming, shown" : "this is programming, hidden")
    }
    onCoversChanged: if (covers && (side.activeFocus || strip.activeFocus)) stage.forceActiveFocus()
    onBesideChanged: if (!beside && pane.activeFocus) stage.forceActiveFocus()
    onApartChanged: if (!apart && !ending) Qt.callLater(requestActivate)

    component TheKeys: Keys_ {
        controls: window.controls
        pages: window.pages
        place: window.place
        preferences: window.preferences
        dark: window.presence.dark === true
        onTypingAsked: { window.requestActivate(); window.uncover(); window.toLeft() }
        onEscaped: window.hush()
    }
    TheKeys {
        window_: window
        onNextPartAsked: {
            if (window.apart && window.left) { away.item.requestActivate(); away.item.pane.enter() }
            else if (window.beside && (window.left || window.covers)) pane.item.enter()
            else window.toLeft()
        }
    }

    function uncover() { if (covers) preferences.open_pane(false) }
    function toLeft() { book ? strip.item.enter() : side.focusField() }
    function hush() {
        controls.stop()
        if (book) book.stop()
        if (presence.dark === true) controls.lights(true)
        book && !covers ? toLeft() : stage.forceActiveFocus()
    }

    // What a key does where nothing has taken it, in both windows; `shown` is the pane of this one, if it has one.
    function pressed(event, shown) {
        const plain = !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
        const typing = side.typing && window.active
        if (event.key === Qt.Key_Space && plain) {
            if (event.isAutoRepeat) event.accepted = true
            else if (window.book) window.book.next()
            else if (window.presence.microphoneReady) window.controls.talk(true)
        } else if (event.key === Qt.Key_Up && shown) {
            shown.walk(-1)
        } else if (event.key === Qt.Key_Down && shown) {
            shown.walk(1)
        } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && shown && !typing) {
            shown.open()
        } else if (window.book) {
            const key = plain && !event.isAutoRepeat ? event.key : 0
            if (key === Qt.Key_P) window.book.play()
            else if (key === Qt.Key_B) window.book.again()
            else return
        } else if (plain && !typing && event.text.trim() && event.text >= " " && event.key !== Qt.Key_Delete) {
            window.requestActivate()
            window.uncover()
            side.type(event.text)
        } else {
            return
        }
        event.accepted = true
    }
    function released(event) {
        if (event.key !== Qt.Key_Space || event.isAutoRepeat) return
        window.controls.talk(false)
        event.accepted = true
    }

    Item {
        id: stage
        anchors.fill: parent
        focus: true

        Keys.onPressed: event => window.pressed(event, window.beside ? pane.item : null)
        Keys.onReleased: event => window.released(event)

        Presence {
            id: side
            objectName: "side"
            visible: !window.covers
            width: !window.beside || window.narrow ? parent.width : Math.round(parent.width * window.preferences.sideShare)
            readonly property real whole: window.beside && window.narrow ? Math.round(parent.height * (window.book ? 0.62 : 0.5)) : parent.height
            height: whole - strip.height
            book: window.book
            presence: window.presence
            controls: window.controls
            motion: window.motion
            home: window.home
            awake: window.awake
            paneOpen: window.paneOpen
            onPaneAsked: window.preferences.open_pane(!window.paneOpen)
        }
        Loader {
            id: strip
            objectName: "promptBook"
            active: !!window.book
            visible: active && !window.covers
            y: side.height
            width: side.width
            height: item ? item.implicitHeight : 0
            onLoaded: Qt.callLater(() => item.forceActiveFocus())
            sourceComponent: PromptBook { book: window.book; most: Math.max(Look.px(120), side.whole * 0.42) }
        }
        Loader {
            id: pane
            objectName: "programming"
            active: !window.preferences.paneApart    // never twice: each would announce the same
            visible: window.beside
            x: window.narrow ? 0 : side.width
            y: window.narrow && !window.covers ? side.whole : 0
            width: window.narrow ? parent.width : parent.width - side.width
            height: parent.height - y
            sourceComponent: Pane {
                alone: window.covers
                onHerAsked: window.preferences.open_pane(false)
                pages: window.pages
                place: window.place
                desk: window.desk
                presence: window.presence
                preferences: window.preferences
            }
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
        id: away
        active: window.apart
        sourceComponent: Window {
            id: other
            readonly property var pane: apartPane
            objectName: "apart"
            visible: true
            width: 860
            height: 800
            minimumWidth: 420
            minimumHeight: 360
            title: "this is programming"
            color: Look.ground
            transientParent: null
            onClosing: if (!window.ending) window.preferences.set_apart(false)
            onActiveChanged: if (!active) window.controls.talk(false)
            TheKeys { window_: window; onNextPartAsked: { window.requestActivate(); window.toLeft() } }
            Pane {
                id: apartPane
                anchors.fill: parent
                focus: true
                pages: window.pages
                place: window.place
                desk: window.desk
                presence: window.presence
                preferences: window.preferences
                Keys.onPressed: event => window.pressed(event, apartPane)
                Keys.onReleased: event => window.released(event)
            }
        }
    }
}
