import QtQuick

// The left side: her state as a shape and a word, his words as they are heard, hers as they sound.
FocusScope {
    id: side

    required property var presence
    required property var controls
    required property bool motion
    required property bool awake
    required property bool paneOpen
    property alias typing: field.typing
    readonly property bool low: height < 430
    readonly property bool lean: width < 520
    readonly property bool hearing: presence.state === "hearing"
    readonly property string welcome: presence.turn === 0 && !presence.partial && !presence.captionWords.length
        ? "She is a program. Say hello." : ""

    signal paneAsked()

    function type(words: string) { field.type(words) }
    function focusField() { field.forceActiveFocus(); field.type("") }

    Paper { anchors.fill: parent }

    Text {
        id: word
        objectName: "state"
        x: Math.round(side.low ? ring.x + (ring.width - width) / 2 : (side.width - width) / 2)
        y: side.low ? ring.y + ring.height + Look.px(10) : Math.round(side.height * 0.05)
        text: side.presence.stateText
        textFormat: Text.PlainText
        color: side.presence.state === "no_microphone" ? Look.accent : Look.inkSoft
        font { family: Look.serif; pixelSize: Look.px(side.low ? 16 : 18); letterSpacing: Look.px(side.low ? 3 : 5); features: { "smcp": 1 } }
        Accessible.role: Accessible.StaticText
        Accessible.name: text
        onTextChanged: Accessible.announce(word.text)
    }

    Ring {
        id: ring
        objectName: "ring"
        readonly property real side_: side.low ? Math.min(side.height * 0.56, side.width * 0.24) : Math.min(side.width * 0.58, side.height * 0.42)
        width: side_
        height: side_
        x: side.low ? Look.px(36) : (side.width - width) / 2
        y: side.low ? (side.height - height - word.height - Look.px(10)) / 2 : word.y + word.height + Math.round(side.height * 0.025)
        feeling: side.presence.state
        level: side.presence.level
        motion: side.motion
        awake: side.awake
        Accessible.name: side.presence.stateText
        Accessible.description: "a ring that opens towards whoever has the floor"
    }

    Item {
        id: words
        x: side.low ? ring.x + ring.width + Look.px(40) : Look.px(side.lean ? 28 : 56)
        width: side.width - x - Look.px(side.low || side.lean ? 28 : 56)
        anchors {
            top: side.low ? parent.top : ring.bottom
            topMargin: side.low ? Look.px(16) : Math.round(side.height * 0.022)
            bottom: note.top
            bottomMargin: Look.px(12)
        }

        Flickable {
            id: scroll
            anchors.fill: parent
            clip: true
            interactive: contentHeight > height
            boundsBehavior: Flickable.StopAtBounds
            readonly property real full: his.height + (his.height ? Look.px(side.low ? 7 : 14) : 0) + hers.height
            readonly property real lift: Math.max(0, (height - full) * (side.low ? 0.5 : 0.22))
            contentHeight: lift + full
            contentY: Math.max(0, Math.min(contentHeight - height, hers.y + hers.inkedY - height * 0.5))

            Text {
                id: his
                y: scroll.lift
                objectName: "partial"
                width: parent.width
                height: text ? implicitHeight : 0
                text: side.welcome || (side.presence.partial ? "“" + side.presence.partial + (side.presence.partialIsFinal ? "”" : " …") : "")
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                horizontalAlignment: side.low ? Text.AlignLeft : Text.AlignHCenter
                color: side.presence.partialIsFinal ? Look.ink : "#8C6A5C"
                font { family: Look.serif; pixelSize: Look.px(side.low ? 19 : hers.pieces.length && !side.hearing ? 23 : 27); italic: true }
                Accessible.role: Accessible.StaticText
                Accessible.name: text
                Accessible.description: side.presence.partialIsFinal ? "what you said" : "what she has heard so far"
            }
            Words {
                id: hers
                objectName: "caption"
                readonly property int count: side.presence.captionWords.length
                y: his.y + (his.height ? his.height + Look.px(side.low ? 7 : 14) : 0)
                width: parent.width
                height: count ? implicitHeight : 0
                opacity: side.hearing ? 0.45 : 1
                centered: !side.low
                pieces: side.presence.captionWords.map(one => ({ text: one }))
                inked: side.presence.spoken
                size: Look.px((side.low ? 22 : count > 60 ? 23 : count > 34 ? 27 : count > 18 ? 30 : 35) - (side.lean ? 4 : 0))
                leading: 1.27
                Accessible.description: "what she says"
            }
        }
    }

    Item {
        id: note
        anchors { left: field.left; right: field.right; bottom: field.top; bottomMargin: Look.px(12) }
        height: side.presence.notice ? notice.implicitHeight : 0
        Text {
            id: notice
            objectName: "notice"
            width: parent.width
            visible: text !== ""
            text: side.presence.notice
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            maximumLineCount: side.low ? 2 : 4
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignHCenter
            color: Look.accent
            font { family: Look.serif; pixelSize: Look.px(17) }
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
            Accessible.ignored: !visible
            onTextChanged: if (notice.text) Accessible.announce(notice.text)
        }
    }

    SayField {
        id: field
        anchors { bottom: keys.top; bottomMargin: Look.px(side.low ? 6 : 16) }
        x: side.low ? words.x : (side.width - width) / 2
        width: side.low ? words.width : Math.min(side.width - Look.px(56), Look.px(470))
        height: Look.px(side.low ? 48 : 54)
        focus: true
        controls: side.controls
        microphoneReady: side.presence.microphoneReady
    }

    Flow {
        id: keys
        readonly property real wide: hold.width + stop.width + type.width + pane.width + 3 * spacing
        anchors { bottom: parent.bottom; bottomMargin: Look.px(side.low ? 8 : 24) }
        x: field.x + (field.width - width) / 2
        width: Math.min(side.low ? field.width : side.width - Look.px(24), wide)
        spacing: Look.px(side.lean ? 14 : 20)
        Row {
            id: hold
            spacing: Look.px(5)
            height: stop.height
            opacity: side.presence.microphoneReady ? 1 : 0.45
            Accessible.role: Accessible.StaticText
            Accessible.name: "hold space to talk"
            Repeater {
                model: [["hold", false], ["space", true], ["to talk", false]]
                Text {
                    required property var modelData
                    anchors.verticalCenter: parent.verticalCenter
                    text: modelData[0]
                    textFormat: Text.PlainText
                    color: modelData[1] ? Look.accent : Look.inkSoft
                    font { family: Look.serif; pixelSize: Look.px(16); weight: modelData[1] ? Font.Medium : Font.Normal }
                    Accessible.ignored: true
                }
            }
        }
        WordButton { id: stop; objectName: "stop"; key: "esc"; text: "stop"; onClicked: side.controls.stop() }
        WordButton { id: type; key: "ctrl L"; text: "type"; onClicked: side.focusField() }
        WordButton { id: pane; objectName: "pane"; key: "F2"; text: side.paneOpen ? "hide programming" : "this is programming"; onClicked: side.paneAsked() }
    }
}
