import QtQuick

// A question that has to be answered before something is done: what it is, yes in its own words, and a way out.
FocusScope {
    id: ask

    property string question: ""
    property string yes: ""
    property string no: "keep"
    property string wanted: ""       // a word that has to be typed first
    readonly property string typed: field.text

    signal agreed()
    signal refused()

    function begin() { field.text = ""; (wanted ? field : keep).forceActiveFocus(Qt.TabFocusReason) }

    width: parent ? parent.width : 0
    implicitHeight: column.height + Look.px(22)
    height: implicitHeight
    Accessible.role: Accessible.AlertMessage
    Accessible.name: question
    Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
    Keys.onEscapePressed: refused()
    onQuestionChanged: if (question && visible) Accessible.announce(question)

    Rectangle {
        anchors.fill: parent
        radius: 6
        color: Look.raised
        border { width: Look.hairline; color: Look.glow }
    }
    Column {
        id: column
        x: Look.px(14)
        y: Look.px(11)
        width: parent.width - 2 * x
        spacing: Look.px(9)
        Mono { width: parent.width; text: ask.question; wrapMode: Text.Wrap; lineHeight: 1.2; size: 12.5 }
        PaneField {
            id: field
            objectName: "askWord"
            visible: ask.wanted !== ""
            width: Math.min(parent.width, Look.px(260))
            label: "type the word “" + ask.wanted + "”"
            onAccepted: ask.agreed()
        }
        Flow {
            width: parent.width
            spacing: Look.px(12)
            WordButton {
                objectName: "askYes"
                night: true
                boxed: true
                text: ask.yes
                enabled: ask.wanted === "" || field.text.trim().toLowerCase() === ask.wanted
                opacity: enabled ? 1 : 0.45
                onClicked: ask.agreed()
            }
            WordButton {
                id: keep
                objectName: "askNo"
                night: true
                boxed: true
                text: ask.no
                onClicked: ask.refused()
            }
        }
    }
}
