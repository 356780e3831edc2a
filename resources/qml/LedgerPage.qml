import QtQuick

// Techniques over days: how often, what followed, how close it became, and how far her words are from contact.
FocusScope {
    id: pane

    required property var page
    required property var pages
    readonly property var told: page.told
    readonly property bool full: told.head !== undefined
    readonly property bool anyOn: page.off.length === 0 || (told.uses || []).some(use => use.switchable && page.off.indexOf(use.id) < 0)

    // What a count brings is laid into the rows that are there; only where there are more of them, new ones are made.
    readonly property var noUse: ({ id: "", name: "", says: "", kind: "", term: "", switchable: false, fixed: "" })
    readonly property var noStep: ({ turn: 0, when: "", moved: "", first: "", his: "", hers: "", forgotten: false })
    readonly property var noOrigin: ({ kind: "author", term: "", said: "" })
    function many(list): int { return list ? list.length : 0 }
    function one(list, index: int, otherwise) { return list && index < list.length ? list[index] : otherwise }
    function walk(by: int) { scroll.scrollBy(by * Look.px(48)) }

    PageScroll {
        id: scroll
        objectName: "ledger"
        focus: true
        spacing: Look.px(10)

        Flow {
            width: parent.width
            spacing: Look.px(18)
            Accessible.role: Accessible.Grouping
            Accessible.name: "span"
            Repeater {
                model: pane.page.spans
                WordButton {
                    id: button
                    required property string modelData
                    required property int index
                    readonly property bool here: pane.page.span === modelData
                    objectName: "span-" + modelData
                    focus: index === 0
                    night: true
                    text: modelData
                    Accessible.role: Accessible.RadioButton
                    Accessible.checkable: true
                    Accessible.checked: here
                    onClicked: pane.page.choose(modelData)
                    Rectangle { visible: button.here; anchors { bottom: parent.bottom; left: parent.left; right: parent.right } height: Look.px(2); color: Look.glow }
                }
            }
            Said {
                objectName: "counting"
                width: undefined
                visible: pane.page.counting !== ""
                height: Look.px(24)
                verticalAlignment: Text.AlignVCenter
                text: pane.page.counting
                onTextChanged: { if (pane.page.counting && pane.visible) Accessible.announce(pane.page.counting) }
            }
            WordButton {
                objectName: "again"
                visible: pane.page.behind > 0 && pane.page.counting === ""
                night: true
                text: (pane.page.behind === 1 ? "1 turn" : pane.page.behind + " turns") + " since · count again"
                onClicked: pane.page.again()
            }
        }

        Said {
            objectName: "empty"
            visible: !pane.full && (pane.page.counted || !pane.page.recorded)
            color: Look.chalkSoft
            lineHeight: 1.4
            text: !pane.page.recorded ? "No record is kept here, so there is nothing to count."
                : pane.page.span === "all" ? "Nothing was said yet.\n\nOnce you talk, the ways of speaking that make it feel close\nare counted here, and what came after each."
                : "Nothing was said in this span."
        }
        Said { objectName: "head"; visible: pane.full; text: pane.told.head || ""; color: Look.chalk; size: 13 }
        Said { visible: pane.full; text: pane.told.sums || ""; color: Look.chalkSoft; lineHeight: 1.3 }

        Heading {
            visible: pane.full
            term: "ledger_techniques"
            note: pane.full ? pane.told.uses.length + " in use" : ""
        }
        Flow {
            visible: pane.full
            width: parent.width
            spacing: Look.px(10)
            WordButton { objectName: "allOff"; night: true; boxed: true; Accessible.description: "every technique that builds intimacy"; visible: pane.anyOn; text: "switch off all intimacy"; onClicked: pane.page.switch_all(false) }
            WordButton { objectName: "allOn"; night: true; boxed: true; visible: pane.page.off.length > 0; text: "switch all on again"; onClicked: pane.page.switch_all(true) }
        }
        Repeater {
            model: pane.many(pane.told.uses)
            LedgerRow {
                required property int index
                use: pane.one(pane.told.uses, index, pane.noUse)
                on: pane.page.off.indexOf(use.id) < 0
                onSwitched: yes => pane.page.switch(use.id, yes)
            }
        }
        Said {
            visible: pane.full
            text: "What followed is not what it caused: a reply answers what you said before, and often carries several techniques at once. One bar is one day."
        }
        WordButton {
            id: more
            property bool on: false
            objectName: "unused"
            visible: pane.full && pane.told.unused.length > 0
            night: true
            text: "never used in this span: " + (pane.full ? pane.told.unused.length : 0) + (on ? " ▾" : " ▸")
            Accessible.description: on ? "open" : "closed"
            onClicked: on = !on
        }
        Repeater {
            model: more.on ? pane.many(pane.told.unused) : 0
            LedgerRow {
                required property int index
                use: pane.one(pane.told.unused, index, pane.noUse)
                on: use.switchable ? pane.page.off.indexOf(use.id) < 0 : false
                onSwitched: yes => pane.page.switch(use.id, yes)
            }
        }

        Heading { visible: pane.full; term: "ledger_slope"; note: "thick: she · thin: you" }
        LedgerChart {
            objectName: "slope"
            visible: pane.full
            columns: pane.told.columns || []
            what: "how personal it has become"
            plotHeight: Look.px(132)
            grid: [0, 1, 2, 3, 4, 5].map(level => ({ share: level / 5, figure: String(level) }))
            drawing: Item {
                id: levels
                readonly property var one: parent.column
                readonly property var last: parent.before
                Repeater {
                    model: levels.one.turns ? ["his", "hers"] : []
                    Item {
                        required property string modelData
                        readonly property bool hers: modelData === "hers"
                        readonly property int thick: Look.px(hers ? 4 : 2)
                        readonly property color tint: hers ? Look.chalkBright : Look.chalkDim
                        readonly property real at: levels.height * (1 - levels.one[modelData] / 5)
                        readonly property real from: levels.last && levels.last.turns ? levels.height * (1 - levels.last[modelData] / 5) : at
                        Rectangle { y: Math.round(parent.at - parent.thick / 2); width: levels.width; height: parent.thick; color: parent.tint }
                        Rectangle { y: Math.round(Math.min(parent.at, parent.from) - parent.thick / 2); width: parent.thick; height: Math.round(Math.abs(parent.at - parent.from)) + parent.thick; color: parent.tint }
                    }
                }
            }
        }
        Said { visible: pane.full; text: pane.told.slope || ""; lineHeight: 1.3 }

        Heading { visible: pane.full; term: "ledger_steps"; note: pane.full ? String(pane.told.steps.length) : "" }
        Said { visible: pane.full && pane.told.steps.length === 0; text: "None in this span." }
        Repeater {
            model: pane.many(pane.told.steps)
            LedgerStep {
                required property int index
                step: pane.one(pane.told.steps, index, pane.noStep)
                onClicked: pane.page.go(step.turn)
            }
        }

        Heading { visible: pane.full; term: "ledger_distance" }
        LedgerChart {
            objectName: "distance"
            visible: pane.full
            columns: pane.told.columns || []
            what: "where her words came from"
            told: "words"
            plotHeight: Look.px(72)
            drawing: Column {
                id: stack
                readonly property var shares: parent.column.shares
                spacing: 0
                rightPadding: 1
                Repeater {
                    model: ["mirrored", "remembered", "computed", "author"]
                    Rectangle {
                        required property string modelData
                        required property int index
                        width: Math.max(1, stack.width - Look.px(2))
                        height: stack.height * stack.shares[index]
                        color: Look.origins[modelData]
                    }
                }
            }
        }
        Flow {
            visible: pane.full
            width: parent.width
            spacing: Look.px(18)
            Repeater {
                model: pane.many(pane.told.legend)
                Row {
                    id: origin
                    required property int index
                    readonly property var shown: pane.one(pane.told.legend, index, pane.noOrigin)
                    spacing: Look.px(7)
                    Rectangle { width: Look.px(14); height: Look.px(3); anchors.verticalCenter: parent.verticalCenter; color: Look.origins[origin.shown.kind] }
                    Term { stop: false; term: origin.shown.term; text: origin.shown.said; size: 12 }
                }
            }
        }
        Said { objectName: "distanceSaid"; visible: pane.full; text: pane.told.distance || ""; lineHeight: 1.3 }
    }

    component Said: Mono {
        told: visible
        width: parent ? parent.width : 0
        wrapMode: Text.Wrap
        color: Look.chalkDim
        size: 12
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
