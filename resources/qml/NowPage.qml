import QtQuick

// The present turn as it happens, or the one that he stepped back to, taken apart.
FocusScope {
    id: root

    required property var page
    required property var pages
    readonly property var looked: reply.word || pinned
    property var pinned: null        // a word whose source he wanted to see on this page
    readonly property var empty: ({})

    function has(part: var): bool { return Object.keys(part).length > 0 }
    function walk(by: int) { scroll.scrollBy(by * Look.px(64)) }
    function follow(word: var) {
        if (word.jump[0] === "here") {
            pinned = word
            scroll.reveal(word.heard.length ? heard : changed)
        } else {
            page.jump(word.jump[0], word.jump[1])
        }
    }

    FocusRing { on: scroll.activeFocus; night: true; anchors.margins: 2; z: 1 }
    Connections {
        target: root.page
        function onTurnChanged() { root.pinned = null; scroll.contentY = 0 }
    }

    PageScroll {
        id: scroll
        objectName: "now"
        focus: true

        Mono {
            objectName: "nothingYet"
            told: visible
            visible: !root.has(root.page.heard) && !root.has(root.page.said) && !root.has(root.page.changed)
            topPadding: Look.px(10)
            width: parent.width
            text: "Nothing was said yet. Say or type something, and it is taken apart here while it happens:\nwhat was heard, which rules were considered and why one of them won,\nwhat changed, and where every word of the reply comes from."
            wrapMode: Text.Wrap
            lineHeight: 1.4
            color: Look.chalkSoft
            size: 13
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }

        Column {
            id: heard
            objectName: "heard"
            width: parent.width
            visible: root.has(root.page.heard)
            spacing: Look.px(6)
            readonly property var told: root.page.heard
            Heading { term: "now_heard"; note: heard.told.note || "" }
            Mono {
                told: visible
                visible: text !== ""
                width: parent.width
                text: heard.told.partial || ""
                wrapMode: Text.Wrap
                color: Look.chalkSoft
                size: 13.5
                font.italic: true
                Accessible.role: Accessible.StaticText
                Accessible.name: "so far: " + text
            }
            Item {
                width: parent.width
                height: row.height
                visible: (heard.told.words || []).length > 0
                Accessible.role: Accessible.StaticText
                Accessible.name: "heard: " + (heard.told.words || []).map(word => word.text + (word.used ? "" : " (not used)")).join(" ")
                    + (heard.told.others || []).map(other => "; " + other.label + " reading: " + other.words.map(word => word.text).join(" ")).join("")
                HeardRow { id: row; width: parent.width; rich: heard.told; marked: root.looked ? root.looked.heard : [] }
            }
            Repeater {
                model: [heard.told.more, heard.told.reading, heard.told.left_over, ...(heard.told.overlooked || []), heard.told.discarded].filter(line => line)
                NowFold { required property string modelData; width: heard.width; text: modelData; lines: 3; color: Look.chalkDim }
            }
        }

        Column {
            width: parent.width
            visible: root.has(root.page.considered)
            spacing: Look.px(4)
            Heading { term: "now_considered"; note: root.page.considered.note || "" }
            NowConsidered {
                told: root.page.considered
                turn: root.page.turn
                onGo: (tab, target) => root.page.jump(tab, target)
                onReveal: item => scroll.reveal(item)
            }
        }

        Column {
            width: parent.width
            visible: root.has(root.page.won)
            spacing: Look.px(6)
            Heading { term: "now_won"; note: root.page.won.rule || "" }
            NowWon { told: root.page.won }
        }

        Column {
            id: changed
            width: parent.width
            visible: root.has(root.page.changed)
            spacing: Look.px(5)
            Heading { term: "now_changed" }
            NowChanged {
                objectName: "changed"
                told: root.page.changed
                marked: root.looked ? root.looked.changed : []
                onGo: (tab, target) => root.page.jump(tab, target)
                onReveal: item => scroll.reveal(item)
            }
        }

        Column {
            id: saidPart
            width: parent.width
            visible: root.has(root.page.said)
            spacing: Look.px(6)
            readonly property var told: root.page.said
            Heading { term: "now_said"; note: saidPart.told.note || "" }
            NowSaid {
                id: reply
                objectName: "reply"
                pieces: saidPart.told.pieces || []
                at: root.page.at
                cut: root.page.cut
                onGo: word => root.follow(word)
            }
            Repeater {
                model: [saidPart.told.more, saidPart.told.cut].filter(line => line)
                NowFold { required property string modelData; width: saidPart.width; text: modelData; color: Look.chalkDim }
            }
            Flow {
                width: parent.width
                spacing: Look.px(14)
                visible: (saidPart.told.draws || []).length > 0
                Term { term: "now_draw"; color: Look.chalkDim }
                Repeater {
                    model: saidPart.told.draws || []
                    Mono {
                        required property var modelData
                        text: modelData.variant + ": " + modelData.value
                        color: modelData.said ? Look.chalkBright : Look.chalkDim
                        font.underline: modelData.said
                        size: 12
                        told: true
                        Accessible.role: Accessible.StaticText
                        Accessible.name: "wording " + modelData.variant + " drew " + modelData.value + ", " + modelData.told + (modelData.said ? ", said" : "")
                    }
                }
            }
            Repeater {
                model: saidPart.told.suppressed || []
                Column {
                    id: held
                    required property var modelData
                    width: saidPart.width
                    spacing: Look.px(3)
                    NowFold { width: parent.width; text: held.modelData.head; lines: 3; color: Look.chalkDim }
                    NowSaid {
                        pieces: held.modelData.pieces
                        what: "what she did not say"
                        cut: 0
                        size: Look.px(17)
                        onGo: word => root.follow(word)
                    }
                }
            }
        }

        Column {
            width: parent.width
            visible: root.has(root.page.distance)
            spacing: Look.px(8)
            Heading { term: "now_distance"; note: root.page.distance.note || "" }
            NowDistance { told: root.page.distance }
        }

        Column {
            id: charms
            width: parent.width
            visible: root.has(root.page.charms)
            spacing: Look.px(7)
            readonly property var labels: root.page.charms.labels || []
            property int most: 0
            onLabelsChanged: most = Math.max(most, labels.length)
            Heading { term: "now_charms"; note: root.page.charms.note || "" }
            Mono {
                told: visible
                visible: charms.labels.length === 0
                width: parent.width
                text: "No technique of intimacy is in this reply."
                wrapMode: Text.Wrap
                size: 12.5
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Repeater {
                model: charms.most
                NowCharm {
                    required property int index
                    visible: index < charms.labels.length
                    told: charms.labels[index] || ({ id: "", name: "", definition: "", seen: "", classes: "", source: "" })
                    first: index === 0
                    on: !root.page.off.includes(told.id)
                    onAsked: on => root.page.switch_(told.id, on)
                }
            }
        }

        Column {
            width: parent.width
            visible: root.has(root.page.sound)
            spacing: Look.px(5)
            Heading { term: "now_sound" }
            Mono {
                objectName: "firstSound"
                told: true
                width: parent.width
                text: root.page.sound.text || ""
                wrapMode: Text.Wrap
                size: 12.5
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
}
