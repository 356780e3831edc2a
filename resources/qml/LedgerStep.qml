import QtQuick
import QtQuick.Templates as T

// A small step: when, how far, by which words. Pressed, it shows its turn.
T.AbstractButton {
    id: button

    required property var step

    width: parent ? parent.width : 0
    implicitHeight: lines.height + Look.px(12)
    focusPolicy: Qt.TabFocus
    objectName: "step-" + step.turn
    text: [step.when, step.moved, step.first ? "first " + step.first : ""].filter(one => one).join(" · ")
    Accessible.role: Accessible.Button
    Accessible.name: text + (step.forgotten ? ". Words of this turn were forgotten" : ". You: " + step.his + ". She: " + step.hers)
    Accessible.description: "shows this turn"
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle { radius: 5; color: button.hovered || button.visualFocus ? Look.raised : "transparent" }
    contentItem: Item {
        Column {
            id: lines
            y: Look.px(6)
            width: parent.width
            spacing: Look.px(3)
            Mono { width: parent.width; wrapMode: Text.Wrap; text: button.text; color: Look.chalkBright; size: 12 }
            Mono { visible: !button.step.forgotten; width: parent.width; wrapMode: Text.Wrap; maximumLineCount: 2; elide: Text.ElideRight; text: "you  “" + button.step.his + "”"; color: Look.chalkSoft; size: 12 }
            Mono { visible: !button.step.forgotten; width: parent.width; wrapMode: Text.Wrap; maximumLineCount: 2; elide: Text.ElideRight; text: "she  “" + button.step.hers + "”"; color: Look.chalkSoft; size: 12 }
            Mono { visible: button.step.forgotten; text: "words of this turn were forgotten"; color: Look.chalkDim; size: 12 }
        }
    }
    FocusRing { on: button.visualFocus; night: true; anchors.margins: -3 }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
