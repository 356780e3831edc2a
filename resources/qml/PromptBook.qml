import QtQuick

// The prompt book, at the edge of her side while a screenplay is performed: what comes next, how the last exchange went,
// and the keys of whoever watches. It stays lit with the lights out, as a prompter's lamp does.
FocusScope {
    id: strip

    required property var book
    property real most: Infinity     // so high at most: what does not fit into it scrolls
    readonly property real margin: Look.px(width < Look.px(520) ? 16 : 26)
    readonly property bool wide: width >= Look.px(640)
    readonly property bool tight: most < Look.px(220)    // of the keys only their caps are shown
    readonly property real around: head.height + foot.height + Look.px(34)

    function enter() { next.forceActiveFocus(Qt.TabFocusReason) }

    implicitHeight: Math.min(most, Math.max(Look.px(wide ? 200 : 290), around + Look.px(64)))    // her ring stays where it is
    Accessible.role: Accessible.Pane
    Accessible.name: "the prompt book"
    Accessible.description: "only the screenplay speaks with her; you cannot type meanwhile"

    Connections {
        target: strip.book
        function onStepped(told) {
            body.contentY = 0
            if (told) strip.Accessible.announce(told)
        }
        function onPlayingChanged() { strip.Accessible.announce(strip.book.playing ? "it plays on" : "it waits") }
    }

    Rectangle { anchors.fill: parent; color: Look.fieldPaper }
    Rectangle { width: parent.width; height: Look.sharp ? 2 : 1.5; color: Look.edge }

    component Told: Text {
        visible: text !== ""
        textFormat: Text.PlainText
        elide: Text.ElideRight
        color: Look.inkSoft
        font { family: Look.serif; pixelSize: Look.px(16) }
        Accessible.role: Accessible.StaticText
        Accessible.name: text
        Accessible.ignored: !visible
    }
    Column {
        id: head
        x: strip.margin
        y: Look.px(11)
        width: parent.width - 2 * strip.margin
        spacing: Look.px(2)
        Item {
            width: parent.width
            height: Math.max(title.height, far.height)
            Told {
                id: title
                objectName: "promptTitle"
                width: parent.width - far.width - Look.px(14)
                text: strip.book.title + (strip.tight && strip.book.scene ? " · " + strip.book.scene : "")
                color: Look.accent
                font { family: Look.serif; pixelSize: Look.px(17); italic: true }
                Accessible.role: Accessible.Heading
            }
            Told {
                id: far
                objectName: "promptHowFar"
                anchors { right: parent.right; baseline: title.baseline }
                text: strip.book.howFar + (strip.tight ? "" : strip.book.of)
                Accessible.name: strip.book.howFar + strip.book.of
            }
        }
        Told { objectName: "promptScene"; width: parent.width; text: strip.tight ? "" : strip.book.scene }
    }

    Flickable {
        id: body
        objectName: "promptBody"
        anchors { top: head.bottom; bottom: foot.top; left: parent.left; right: parent.right; topMargin: Look.px(7); bottomMargin: Look.px(8) }
        clip: true
        contentHeight: column.height
        interactive: contentHeight > height + 1
        activeFocusOnTab: interactive
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.Pane
        Accessible.name: "what comes next, and how the last exchange went"
        Keys.onUpPressed: event => event.accepted = scrolled(-Look.px(30))
        Keys.onDownPressed: event => event.accepted = scrolled(Look.px(30))
        function scrolled(by: real): bool {
            if (!interactive) return false
            contentY = Math.max(0, Math.min(contentHeight - height, contentY + by))
            return true
        }
        Grid {
            id: column
            readonly property bool both: strip.wide && went.visible
            readonly property real part: both ? (width - columnSpacing) / 2 : width
            x: strip.margin
            width: parent.width - 2 * strip.margin
            columns: both ? 2 : 1
            columnSpacing: Look.px(30)
            rowSpacing: Look.px(8)
            PromptNext { width: column.part; book: strip.book }
            PromptWent { id: went; width: column.part; book: strip.book }
        }
    }
    Rectangle {
        visible: body.interactive
        x: body.width - Look.px(9)
        y: body.y + body.visibleArea.yPosition * body.height
        width: 3
        height: body.visibleArea.heightRatio * body.height
        radius: 1.5
        color: body.activeFocus ? Look.focusLeft : Look.edge
    }

    Flow {
        id: foot
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; leftMargin: strip.margin; rightMargin: strip.margin; bottomMargin: Look.px(8) }
        spacing: Look.px(16)
        Item {
            id: held    // a key that is held asks for one line, not for all of them
            width: next.width
            height: next.height
            Keys.onPressed: event => event.accepted = event.isAutoRepeat
            WordButton {
                id: next
                objectName: "promptNext"
                focus: true
                key: "space"
                readonly property string says: strip.book.end ? "no line is left" : strip.book.begun ? "next line" : "first line"
                text: strip.tight ? "" : says
                Accessible.name: says
                onClicked: strip.book.next()
                Keys.forwardTo: [held]
            }
        }
        component Key: WordButton {
            property string says: ""
            text: strip.tight ? "" : says
            Accessible.name: says
        }
        Key { objectName: "promptPlay"; key: "P"; says: strip.book.playing ? "wait" : "play on"; onClicked: strip.book.play() }
        Key { objectName: "promptAgain"; key: "B"; says: "from the beginning"; onClicked: strip.book.again() }
        Key { objectName: "promptLeave"; key: "ctrl Q"; says: "leave"; onClicked: strip.Window.window.close() }
    }
}
