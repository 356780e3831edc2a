import QtQuick

// Plain text of the right side: exact, so without the ligatures that turn ">=" into another sign.
Text {
    property real size: 12.5
    property bool told: false    // read out by itself, not as part of its row
    textFormat: Text.PlainText
    color: Look.chalk
    font { family: Look.mono; pixelSize: Look.px(size); features: { "calt": 0, "liga": 0 } }
    Accessible.ignored: !told
}
