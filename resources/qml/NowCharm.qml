import QtQuick

// One technique: what it is, who described it, what in the words set it off, and its switch.
Rectangle {
    id: charm

    required property var told
    property bool on: true
    property bool first: true        // only its terms are stops for Tab

    signal asked(bool on)

    width: parent ? parent.width : 0
    height: column.height + Look.px(20)
    radius: 7
    color: Look.raised
    border { width: Look.hairline; color: Look.rule }
    Accessible.role: Accessible.Grouping
    Accessible.name: told.id + " " + told.name

    component Told: Item {
        id: line
        property string term: ""
        property string text: ""
        readonly property bool stacked: width < Look.px(400)
        width: parent.width
        visible: text !== ""
        height: words.y + words.height
        Term { id: label; term: line.term; color: Look.chalkDim; stop: charm.first }
        Mono {
            id: words
            told: true
            x: line.stacked ? 0 : Look.px(104)
            y: line.stacked ? label.height : 0
            width: parent.width - x
            text: line.text
            wrapMode: Text.Wrap
            color: Look.chalk
            size: 12
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }

    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Look.px(10); leftMargin: Look.px(13); rightMargin: Look.px(13) }
        spacing: Look.px(3)
        Item {
            width: parent.width
            height: Math.max(name.height, knob.visible ? knob.height : 0)
            Mono {
                id: name
                told: true
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - (knob.visible ? knob.width : 0) - Look.px(8)
                text: charm.told.id + " " + charm.told.name
                wrapMode: Text.Wrap
                color: Look.glow
                size: 13
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Switch_ {
                id: knob
                objectName: "switch-" + charm.told.id
                anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                visible: charm.told.switchable === true
                on: charm.on
                what: charm.told.id + " " + charm.told.name
                onAsked: on => charm.asked(on)
            }
        }
        Told { term: "now_definition"; text: charm.told.definition }
        Told { term: "now_seen"; text: charm.told.seen }
        Told { term: "now_class"; text: charm.told.classes + (charm.told.switchable ? "" : ", cannot be switched off") }
        Told { term: "now_cited"; text: charm.told.source }
    }
}
