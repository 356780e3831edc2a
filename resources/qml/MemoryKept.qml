import QtQuick

// What is kept at all: where, how large, since when; which connections are open; taking it along, taking it back.
PageScroll {
    id: leaf

    required property var kept
    readonly property var found: kept.kept
    readonly property var open: kept.connections


    Item { width: 1; height: Look.px(2) }
    Mono {
        told: visible
        visible: !leaf.found.home
        text: "looking …"
        color: Look.chalkSoft
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Column {
        visible: !!leaf.found.home
        width: parent.width
        spacing: Look.px(7)
        MemoryLine { objectName: "keptHome"; term: "memory_place"; text: leaf.found.home || ""; note: "on this machine, for your eyes alone" }
        MemoryLine { term: "memory_since"; text: leaf.found.since || "nothing is kept yet" }
        MemoryLine { objectName: "keptCounts"; term: "memory_holds"; text: (leaf.found.counts || []).join(" · ") }
        MemoryLine { objectName: "keptSound"; term: "memory_audio"; text: !leaf.found.sounds ? "none is kept" : leaf.found.sounds === 1 ? "1 file of sound lies in the profile" : leaf.found.sounds + " files of sound lie in the profile" }
    }
    Heading { term: "memory_files"; note: leaf.found.size ? "the record " + leaf.found.size : "" }
    Column {
        objectName: "keptFiles"
        width: parent.width
        spacing: Look.px(5)
        Repeater {
            model: leaf.found.files || []
            MemoryLine { required property var modelData; beside: 190; label: modelData.name; text: modelData.size; note: modelData.what }
        }
    }
    Heading { term: "memory_models"; note: "nothing of you is in them" }
    Column {
        width: parent.width
        spacing: Look.px(5)
        Mono {
            told: visible
            visible: !(leaf.found.models || []).length
            text: "none is installed"
            color: Look.chalkSoft
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Repeater {
            model: leaf.found.models || []
            MemoryLine { required property var modelData; label: modelData.what; text: modelData.size; note: modelData.name }
        }
    }

    Heading { term: "memory_connections"; note: leaf.open.text }
    Column {
        width: parent.width
        spacing: Look.px(5)
        Text {
            objectName: "connections"
            text: leaf.open.count < 0 ? "?" : leaf.open.count
            textFormat: Text.PlainText
            color: leaf.open.count === 0 ? Look.chalkBright : Look.glow
            font { family: Look.mono; pixelSize: Look.px(34) }
            Accessible.role: Accessible.StaticText
            Accessible.name: "connections open: " + text
        }
        Repeater {
            model: leaf.open.open
            MemoryLine { required property var modelData; label: modelData.kind + " " + modelData.program; text: modelData.there ? "to " + modelData.there : "at " + modelData.here; note: modelData.state; color: Look.glow }
        }
        MemoryLine { visible: text !== ""; term: "memory_local"; text: leaf.open.local }
    }

    Heading { term: "memory_export" }
    Flow {
        width: parent.width
        spacing: Look.px(10)
        PaneField {
            id: path
            objectName: "exportPath"
            width: Math.max(Look.px(200), Math.min(parent.width, parent.width - write.implicitWidth - Look.px(20)))
            quiet: true
            label: "file to write the facts to"
            text: leaf.kept.path
            onAccepted: leaf.kept.export(text, false)
        }
        WordButton {
            id: write
            objectName: "export"
            night: true
            boxed: true
            height: path.height
            text: "write the facts to it"
            onClicked: leaf.kept.export(path.text, false)
        }
    }
    MemoryAsk {
        objectName: "exportAsk"
        visible: leaf.kept.exported.ask !== ""
        question: visible ? leaf.kept.exported.ask + " is there already. Write over it?" : ""
        yes: "write over it"
        no: "leave it"
        onVisibleChanged: if (visible) begin()
        onAgreed: { const file = leaf.kept.exported.ask; path.forceActiveFocus(Qt.TabFocusReason); leaf.kept.export(file, true) }
        onRefused: { path.forceActiveFocus(Qt.TabFocusReason); leaf.kept.leave_file() }
    }
    Mono {
        objectName: "exported"
        told: visible
        visible: text !== "" && leaf.kept.exported.ask === ""
        width: parent.width
        text: leaf.kept.exported.note
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        color: leaf.kept.exported.bad ? Look.glow : Look.chalkSoft
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    Heading { term: "memory_forget" }
    Flow {
        visible: leaf.kept.asking === ""
        width: parent.width
        spacing: Look.px(12)
        WordButton {
            id: facts
            objectName: "forgetFacts"
            night: true
            boxed: true
            enabled: leaf.found.facts > 0
            opacity: enabled ? 1 : 0.45
            text: "forget all facts …"
            Accessible.description: "the conversations stay, without their words"
            onClicked: leaf.kept.ask_facts()
        }
        WordButton {
            id: everything
            objectName: "forgetEverything"
            night: true
            boxed: true
            text: "forget everything …"
            Accessible.description: "the whole record; asks twice"
            onClicked: leaf.kept.ask_erase()
        }
    }
    MemoryAsk {
        id: asked
        objectName: "eraseAsk"
        readonly property string step: leaf.kept.asking
        visible: step !== ""
        question: step === "word" ? "Everything will be gone." : leaf.kept.question
        wanted: step === "word" ? "forget" : ""
        yes: step === "facts" ? "forget all facts" : step === "erase" ? "go on" : "forget everything"
        onStepChanged: if (step) Qt.callLater(begin)
        onHeightChanged: if (activeFocus) Qt.callLater(leaf.reveal, asked)
        onAgreed: {
            if (step === "erase") leaf.kept.ask_word()
            else if (step === "facts") { leaf.kept.forget_facts(); path.forceActiveFocus(Qt.TabFocusReason) }
            else if (leaf.kept.erase(typed)) path.forceActiveFocus(Qt.TabFocusReason)
        }
        onRefused: { const all = step === "facts"; leaf.kept.keep(); (all ? facts : everything).forceActiveFocus(Qt.TabFocusReason) }
    }
}
