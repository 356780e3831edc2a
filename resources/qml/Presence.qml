import QtQuick

// The left side: her state as a shape and a word, his words as they are heard, hers as they sound. Or, with the lights
// out, nothing.
FocusScope {
    id: side

    required property var presence
    required property var controls
    required property bool motion
    required property bool awake
    required property bool paneOpen
    property string home: ""
    property var book: null          // where a screenplay is performed: he only watches
    property bool lit: true
    readonly property bool typing: lit ? field.typing : dark.typing
    // low: the ring stands beside the words; lean: little width; tight: of the keys only their caps are shown
    readonly property bool low: (height < 430 && !(book && lean && width < height * 1.3)) || (height < Look.px(430) && width > height * 1.3)
    readonly property bool lean: width < Look.px(520)
    readonly property bool tight: height < Look.px(low ? 260 : 390)
    readonly property bool brief: lean && !low && height < Look.px(480)    // of the keys only those that nothing else shows
    readonly property bool hearing: presence.state === "hearing"
    readonly property bool unheard: !!book || presence.cards.some(card => card.part === "voice" || card.part === "speaker")
    readonly property bool silent: !presence.partial && !presence.captionWords.length
    property bool greeted: false
    property bool cardsAsked: false
    readonly property bool cardsShown: presence.cards.length > 0 && !hearing && (cardsAsked || (silent && !first))
    readonly property bool first: silent && presence.firstRun && !greeted && !book
    readonly property bool helloShown: first && !cardsShown
    readonly property string welcome: silent && !helloShown && !cardsAsked ? book ? "A screenplay. Nobody has spoken yet." : "She is a program. Say hello." : ""
    readonly property color grey: Look.nightLeft ? Look.inkPale : Qt.darker(Look.inkPale, 1.22)

    signal paneAsked()

    function type(words: string) { lit ? field.type(words) : dark.type(words) }
    function focusField() { side.type("") }
    function say(words: string) { if (words) side.Accessible.announce(words) }

    Accessible.role: Accessible.Pane
    Accessible.name: "her side"

    // What stands in the line he types in goes with him into the dark, and comes back with him.
    function switchLights() {
        const on = !presence.dark, from = on ? dark : field, into = on ? field : dark
        const words = from.text, typing = from.typing
        lit = on
        from.text = ""
        if (typing) into.type(words)
        else into.text = words
        side.say(on ? "the light is on" : "lights out: only voices remain, F3 brings the light back")
    }

    Component.onCompleted: lit = !presence.dark
    Connections {
        target: side.presence
        function onDarkChanged() { side.switchLights() }
        function onCaptionWordsChanged() { if (side.unheard) side.say(side.presence.captionWords.join(" ")) }
        function onStateTextChanged() { side.say(side.presence.stateText) }
        function onNoticeChanged() { side.say(side.presence.notice) }
        function onCardsChanged() {
            side.cardsAsked = false
            for (const card of side.presence.cards) side.say(card.title + ". " + card.works)
        }
        function onFirstRunChanged() { side.greeted = false }
        function onPartialIsFinalChanged() { side.cardsAsked = false }
    }

    Rectangle {
        anchors.fill: parent
        visible: light.opacity < 1
        color: dark.ground
    }

    Item {
        id: light
        objectName: "light"
        anchors.fill: parent
        enabled: side.lit
        visible: opacity > 0
        opacity: side.lit ? 1 : 0
        Behavior on opacity { enabled: side.motion && side.awake; NumberAnimation { duration: 600; easing.type: Easing.InOutSine } }

        Paper { anchors.fill: parent }

        Text {
            id: word
            objectName: "state"
            x: Math.round(side.low ? Math.max(Look.px(10), ring.x + (ring.width - width) / 2) : (side.width - width) / 2)
            readonly property real above: Math.round(Math.min(side.height * 0.05, Look.px(48)))
            y: side.low ? ring.y + ring.height + Look.px(6) : above
            width: side.low ? Math.max(Look.px(110), side.width * 0.24) : side.width - Look.px(16)
            text: side.presence.stateText
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            color: side.presence.state === "no_microphone" ? Look.accent : Look.inkSoft
            font { family: Look.serif; pixelSize: Look.px(side.low ? 16 : 18); letterSpacing: Look.px(side.low ? 2 : 5); features: { "smcp": 1 } }
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }

        Ring {
            id: ring
            objectName: "ring"
            // it gives way before any word does
            readonly property real least: Look.px(46)
            readonly property real taken: word.above + word.height + keys.height + field.height + note.height
                + (side.cardsShown || side.helloShown ? column.implicitHeight + Look.px(90) : Look.px(190))
            readonly property int side_: Math.round(Math.max(least, side.low
                ? Math.min(side.height * 0.56, side.width * 0.24, side.height - word.height - Look.px(30))
                : Math.min(side.width * 0.58, side.height * 0.42, side.height - taken)))
            width: side_
            height: side_
            x: side.low ? Look.px(30) : Math.round((side.width - width) / 2)
            y: side.low ? Math.round(Math.max(Look.px(8), (side.height - height - word.height - Look.px(6)) / 2)) : word.above + word.height + Math.round(side.height * 0.022)
            feeling: side.presence.state
            level: side.presence.level
            motion: side.motion
            awake: side.awake && light.visible
            Accessible.name: side.presence.stateText
            Accessible.description: "a ring that opens towards whoever has the floor"
        }

        Item {
            id: words
            readonly property real margin: Look.px(side.low || side.lean ? 26 : 54)
            x: side.low ? Math.max(ring.x + ring.width, word.x + word.width) + Look.px(30) : Math.max(margin, (side.width - Look.px(760)) / 2)
            width: side.width - x - (side.low ? margin : x)
            anchors {
                top: side.low ? parent.top : ring.bottom
                topMargin: side.low ? Look.px(12) : Math.round(side.height * 0.02)
                bottom: note.top
                bottomMargin: Look.px(10)
            }

            Flickable {
                id: scroll
                objectName: "words"
                width: parent.width
                height: over && line ? Math.max(line, Math.floor(parent.height / line) * line) : parent.height
                clip: true
                interactive: contentHeight > height + 1
                activeFocusOnTab: interactive
                boundsBehavior: Flickable.StopAtBounds
                readonly property real step: Look.px(side.low ? 7 : 14)
                readonly property real full: column.implicitHeight
                readonly property bool over: full > parent.height
                readonly property real line: hers.visible ? hers.size * hers.leading : 0
                readonly property real lift: Math.max(0, (parent.height - full) * (side.low ? 0.5 : 0.22))
                readonly property real followed: side.cardsShown || side.helloShown ? 0 : hers.y + hers.inkedY + lift - height * 0.5
                contentHeight: lift + full
                Component.onCompleted: follow()
                Connections {
                    target: side.presence
                    function onCaptionWordsChanged() { scroll.follow() }
                }
                function follow() { contentY = Qt.binding(() => whole(Math.min(contentHeight - height, followed))) }
                // The first line that can be seen is seen whole: the next one of his or hers from here on.
                function whole(at: real): real {
                    if (at <= 1) return 0
                    if (!line) return at
                    if (at > hers.y + lift) return hers.y + lift + Math.ceil((at - hers.y - lift - 1) / line) * line
                    const his_ = his.visible && his.lineCount ? his.height / his.lineCount : 0
                    const next = his_ ? his.y + lift + Math.ceil((at - his.y - lift - 1) / his_) * his_ : hers.y + lift
                    return his_ && next < his.y + lift + his.height - 1 ? next : hers.y + lift
                }
                Accessible.role: Accessible.Pane
                Accessible.name: "the words"
                Keys.onUpPressed: event => event.accepted = scrolled(-Look.px(30))
                Keys.onDownPressed: event => event.accepted = scrolled(Look.px(30))
                function scrolled(by: real): bool {
                    if (!interactive) return false
                    contentY = Math.max(0, Math.min(contentHeight - height, contentY + by))
                    return true
                }

                Column {
                    id: column
                    y: scroll.lift
                    width: scroll.width
                    spacing: scroll.step

                    SideHello {
                        objectName: "hello"
                        visible: side.helloShown
                        width: parent.width
                        home: side.home
                        leftAligned: side.low
                        onDismissed: { side.greeted = true; side.focusField() }
                    }
                    Text {
                        id: his
                        objectName: "partial"
                        visible: text !== "" && !(side.cardsShown && side.cardsAsked)
                        width: parent.width
                        text: side.welcome || (side.presence.partial ? "“" + side.presence.partial + (side.presence.partialIsFinal ? "”" : " …") : "")
                        textFormat: Text.PlainText
                        wrapMode: Text.Wrap
                        horizontalAlignment: side.low ? Text.AlignLeft : Text.AlignHCenter
                        color: side.presence.partialIsFinal || side.welcome ? Look.ink : side.grey
                        font { family: Look.serif; pixelSize: Look.px(side.low ? 19 : hers.pieces.length && !side.hearing ? 23 : 27); italic: true }
                        Accessible.role: Accessible.StaticText
                        Accessible.name: text
                        Accessible.description: side.presence.partialIsFinal ? side.book ? "what is said to her" : "what you said" : "what she has heard so far"
                    }
                    Repeater {
                        model: side.cardsShown ? side.presence.cards : []
                        SideCard {
                            required property var modelData
                            objectName: "card"
                            width: Math.min(column.width, Look.px(470))
                            x: side.low ? 0 : (column.width - width) / 2
                            about: modelData
                        }
                    }
                    Text {
                        objectName: "captionNote"
                        visible: text !== "" && hers.visible
                        width: parent.width
                        text: side.presence.captionNote
                        textFormat: Text.PlainText
                        wrapMode: Text.Wrap
                        horizontalAlignment: side.low ? Text.AlignLeft : Text.AlignHCenter
                        color: Look.accent
                        font { family: Look.serif; pixelSize: Look.px(16); letterSpacing: Look.px(1); features: { "smcp": 1 } }
                        Accessible.role: Accessible.StaticText
                        Accessible.name: text
                    }
                    Words {
                        id: hers
                        objectName: "caption"
                        readonly property int count: side.presence.captionWords.length
                        visible: count > 0 && !side.cardsShown
                        width: parent.width
                        height: implicitHeight
                        opacity: side.hearing ? 0.62 : 1
                        centered: !side.low
                        pieces: side.presence.captionWords.map(one => ({ text: one }))
                        inked: side.presence.spoken
                        size: Look.px((side.low ? 22 : count > 60 ? 23 : count > 34 ? 27 : count > 18 ? 30 : 35) - (side.lean ? 4 : 0))
                        leading: 1.27
                        Accessible.description: side.presence.captionNote || "what she says"
                    }
                }
            }
        }

        Rectangle {
            visible: scroll.interactive
            x: words.x + words.width + Look.px(8)
            y: words.y + scroll.visibleArea.yPosition * words.height
            width: 3
            height: scroll.visibleArea.heightRatio * words.height
            radius: 1.5
            color: scroll.activeFocus ? Look.focusLeft : Look.edge
        }

        Column {
            id: note
            anchors { left: field.left; right: field.right; bottom: field.top; bottomMargin: height ? Look.px(10) : 0 }
            spacing: Look.px(2)
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
                font { family: Look.serif; pixelSize: Look.px(side.low ? 16 : 17) }
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
                Accessible.ignored: !visible
            }
            WordButton {
                objectName: "cards"
                anchors.horizontalCenter: parent.horizontalCenter
                visible: side.presence.cards.length > 0 && (!side.silent || side.first)
                height: visible ? implicitHeight : 0
                key: side.cardsAsked ? "" : side.presence.cards.map(card => "no " + card.part).join(", ")
                text: side.cardsAsked ? "back to the words" : "what to do"
                Accessible.description: side.cardsAsked ? "" : key
                onClicked: side.cardsAsked = !side.cardsAsked
            }
        }

        SayField {
            id: field
            anchors { bottom: keys.top; bottomMargin: side.book ? 0 : Look.px(side.low ? 6 : 14) }
            x: side.low ? words.x : (side.width - width) / 2
            width: side.low ? words.width : Math.min(side.width - Look.px(side.lean ? 28 : 56), Look.px(470))
            visible: !side.book
            height: side.book ? 0 : Math.max(Look.px(36), Math.min(Look.px(side.low ? 48 : 54), side.height * 0.172))
            focus: !side.book
            controls: side.controls
            microphoneReady: side.presence.microphoneReady
        }

        Flow {
            id: keys
            readonly property real wide: (hold.visible ? hold.width + spacing : 0) + (write.visible ? write.width + spacing : 0) + stop.width + pane.width + lights.width + 2 * spacing
            anchors { bottom: parent.bottom; bottomMargin: Look.px(side.low || (side.book && side.tight) ? 8 : 22) }
            x: field.x + (field.width - width) / 2
            width: Math.min(side.low ? field.width : side.width - Look.px(24), wide)
            spacing: Look.px(side.lean || side.low ? 13 : 18)
            Row {
                id: hold
                visible: !side.book && !side.tight && !side.brief && !(side.low && side.width < Look.px(860))
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
            WordButton { id: stop; objectName: "stop"; key: "esc"; text: side.tight ? "" : "stop"; Accessible.name: "stop"; onClicked: side.controls.stop() }
            WordButton { id: write; objectName: "type"; visible: !side.book && (!side.brief || side.tight); key: "ctrl L"; text: side.tight ? "" : "type"; Accessible.name: "type"; onClicked: side.focusField() }
            WordButton {
                id: pane
                objectName: "pane"
                readonly property string says: side.paneOpen ? "hide programming" : "this is programming"
                key: "F2"
                text: side.tight ? "" : side.brief ? side.paneOpen ? "hide" : "why" : says
                Accessible.name: says
                onClicked: side.paneAsked()
            }
            WordButton {
                id: lights
                objectName: "lights"
                key: "F3"
                text: side.tight ? "" : "lights out"
                Accessible.name: "lights out"
                onClicked: side.controls.lights(false)
            }
        }
    }

    SideDark {
        id: dark
        objectName: "dark"
        anchors.fill: parent
        visible: !side.lit
        controls: side.controls
        said: side.unheard ? side.presence.captionWords.join(" ") : ""
        onFinished: side.forceActiveFocus()
    }
}
