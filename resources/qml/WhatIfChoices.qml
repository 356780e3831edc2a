import QtQuick
import QtQuick.Templates as T

// Choices of one kind: one Tab stop, arrows within, Enter or Space chooses. What had to do with the reply stands first.
Flow {
    id: row

    property string label: ""
    property var choices: []         // [{key, text, near, says}]
    property var chosen: []          // keys
    property bool crossed: false     // what is chosen is left out
    property int shown: Math.max(few, choices.filter(one => one.near).length)
    property int at: 0
    readonly property int few: crossed ? choices.length : 3
    readonly property int more: Math.max(0, choices.length - shown)

    signal picked(string key)

    function go(to: int) {
        at = Math.max(0, Math.min(chips.count - 1, to))
        const chip = chips.itemAt(at)
        if (chip) chip.forceActiveFocus(Qt.TabFocusReason)
    }

    spacing: Look.px(6)
    onChoicesChanged: { at = 0; shown = Qt.binding(() => Math.max(few, choices.filter(one => one.near).length)) }
    Accessible.role: Accessible.List
    Accessible.name: label

    Repeater {
        id: chips
        model: row.choices.slice(0, row.shown)
        T.AbstractButton {
            id: chip
            required property var modelData
            required property int index
            readonly property bool on: row.chosen.includes(modelData.key)
            objectName: "choice-" + modelData.key
            focusPolicy: Qt.TabFocus
            activeFocusOnTab: index === row.at || activeFocus
            text: modelData.text
            width: Math.min(implicitWidth, row.width)
            implicitWidth: label.implicitWidth + (dot.visible ? dot.width + Look.px(6) : 0) + Look.px(16)
            implicitHeight: Math.max(24, label.implicitHeight + Look.px(8))
            Accessible.role: row.crossed ? Accessible.CheckBox : Accessible.RadioButton
            Accessible.name: row.crossed ? "leave out “" + text + "”" : text
            Accessible.description: modelData.says
            Accessible.checkable: true
            Accessible.checked: on
            Accessible.onPressAction: clicked()
            Accessible.onToggleAction: clicked()
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            Keys.onLeftPressed: row.go(index - 1)
            Keys.onUpPressed: row.go(index - 1)
            Keys.onRightPressed: row.go(index + 1)
            Keys.onDownPressed: row.go(index + 1)
            onClicked: { row.at = index; row.picked(modelData.key) }
            background: Rectangle {
                radius: Look.px(5)
                color: chip.on || chip.hovered ? Look.raised : "transparent"
                border { width: chip.on ? 2 : Look.hairline; color: chip.on ? Look.glow : chip.modelData.near ? Look.chalkDim : Look.rule }
            }
            contentItem: Item {
                Rectangle {
                    id: dot
                    visible: chip.on && !row.crossed
                    x: Look.px(8)
                    anchors.verticalCenter: parent.verticalCenter
                    width: Look.px(7)
                    height: width
                    radius: width / 2
                    color: Look.glow
                }
                Mono {
                    id: label
                    anchors.verticalCenter: parent.verticalCenter
                    x: dot.visible ? dot.x + dot.width + Look.px(6) : Look.px(8)
                    width: Math.max(0, chip.width - x - Look.px(8))
                    text: chip.text
                    wrapMode: Text.Wrap
                    maximumLineCount: 3
                    elide: Text.ElideRight
                    color: chip.on ? Look.chalkBright : chip.modelData.near ? Look.chalk : Look.chalkSoft
                    size: 12
                    font.strikeout: chip.on && row.crossed
                }
            }
            HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
            Hint { says: chip.modelData.says; shown: over.hovered || chip.visualFocus }
            FocusRing { on: chip.visualFocus; night: true; anchors.margins: -3 }
        }
    }
    WhatIfLink {
        objectName: "more-" + row.label
        visible: row.more > 0
        text: "+ " + row.more + " more"
        ink: Look.chalkDim
        Accessible.name: row.more + " more " + row.label
        onClicked: { const first = row.shown; row.shown = Math.min(row.choices.length, row.shown + 40); row.go(first) }
    }
}
