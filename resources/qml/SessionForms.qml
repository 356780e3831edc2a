import QtQuick
import QtQuick.Templates as T

// The formats that a session can be written in: one of them is chosen, arrows go through them.
Flow {
    id: forms

    required property var away

    spacing: Look.px(6)
    Accessible.role: Accessible.Grouping
    Accessible.name: "format of the file"

    Repeater {
        id: each
        model: forms.away.forms
        T.AbstractButton {
            id: button
            required property string modelData
            required property int index
            readonly property bool on: forms.away.form === modelData
            readonly property var meaning: Look.terms["export_" + modelData] || { name: modelData, says: "" }

            function go(by: int) {
                const next = each.itemAt((index + by + each.count) % each.count)
                next.forceActiveFocus(Qt.TabFocusReason)
                next.clicked()
            }

            objectName: "form-" + modelData
            text: meaning.name
            focusPolicy: Qt.TabFocus
            activeFocusOnTab: on
            implicitWidth: label.implicitWidth + Look.px(20)
            implicitHeight: Math.max(24, label.implicitHeight + Look.px(10))
            Accessible.role: Accessible.RadioButton
            Accessible.name: text
            Accessible.description: meaning.says
            Accessible.checkable: true
            Accessible.checked: on
            Accessible.onPressAction: clicked()
            onClicked: forms.away.choose(modelData)
            Keys.onLeftPressed: go(-1)
            Keys.onRightPressed: go(1)
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
            contentItem: Item {
                Mono {
                    id: label
                    anchors.centerIn: parent
                    text: (button.on ? "● " : "○ ") + button.text
                    color: button.on ? Look.chalkBright : button.hovered ? Look.chalk : Look.chalkSoft
                    size: 12
                }
            }
            background: Rectangle { radius: 5; color: button.on ? Look.raised : "transparent"; border { width: Look.hairline; color: button.on ? Look.chalkDim : Look.rule } }
            HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
            Hint { says: button.meaning.says; shown: over.hovered || button.visualFocus; y: -height - Look.px(4) }
            FocusRing { on: button.visualFocus; night: true; anchors.margins: -2 }
        }
    }
}
