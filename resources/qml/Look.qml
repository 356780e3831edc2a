pragma Singleton
import QtQuick

// Colors, faces and sizes of both worlds. The four origin colors mean an origin and nothing else; nothing is blue.
// `look` is one of: paper (paper beside a dark pane), light, dark, contrast.
QtObject {
    property string serif: "serif"
    property string mono: "monospace"
    property real textScale: 1
    property string look: "paper"
    property var terms: ({})          // the glossary: term to { name, says }

    readonly property bool sharp: look === "contrast"
    readonly property bool nightLeft: look === "dark" || sharp
    readonly property bool nightRight: look !== "light"
    readonly property int hairline: sharp ? 2 : 1

    // the left side
    readonly property color paper: sharp ? "#000000" : nightLeft ? "#241613" : "#FBF3EC"
    readonly property color paperNear: sharp ? "#000000" : nightLeft ? "#35231D" : "#FEF9F4"
    readonly property color paperFar: sharp ? "#000000" : nightLeft ? "#1C100D" : "#F3D9C8"
    readonly property color ink: sharp ? "#FFFFFF" : nightLeft ? "#F3E4DA" : "#3B2420"
    readonly property color inkSoft: sharp ? "#FFFFFF" : nightLeft ? "#C7AC9F" : "#75513F"
    readonly property color inkPale: sharp ? "#BDBDBD" : nightLeft ? "#A0867A" : "#85645A"
    readonly property color accent: sharp ? "#FFD23F" : nightLeft ? "#F08A6B" : "#AE3523"
    readonly property color coral: sharp ? "#FFD23F" : nightLeft ? "#E0674A" : "#D5543A"
    readonly property color edge: sharp ? "#FFFFFF" : nightLeft ? "#6B4E43" : "#D9B9A6"
    readonly property color fieldPaper: sharp ? "#000000" : nightLeft ? "#2F1E19" : "#FFFBF7"
    readonly property color selection: sharp ? "#7A5C00" : nightLeft ? "#6B3A2C" : "#F0C3AE"
    readonly property color focusLeft: sharp ? "#FFD23F" : nightLeft ? "#F3B59E" : "#5A2A1C"

    readonly property color darkness: "#0D0706"      // the left side with the lights out
    readonly property color ember: sharp ? "#FFFFFF" : "#8F7467"

    // the right side: chalk is what is written there
    readonly property color ground: sharp ? "#000000" : nightRight ? "#241613" : "#FFFDFA"
    readonly property color raised: sharp ? "#1C1C1C" : nightRight ? "#2F1E19" : "#F7EDE5"
    readonly property color sunk: sharp ? "#000000" : nightRight ? "#1B100D" : "#F4EAE1"
    readonly property color rule: sharp ? "#FFFFFF" : nightRight ? "#43302A" : "#DCC9BD"
    readonly property color chalk: sharp ? "#FFFFFF" : nightRight ? "#F3E4DA" : "#2A1814"
    readonly property color chalkBright: sharp ? "#FFFFFF" : nightRight ? "#FFF1E7" : "#1A0D0A"
    readonly property color chalkSoft: sharp ? "#FFFFFF" : nightRight ? "#C2A99E" : "#5E463D"
    readonly property color chalkDim: sharp ? "#E4E4E4" : nightRight ? "#AB9287" : "#755B50"
    readonly property color glow: sharp ? "#FFD23F" : nightRight ? "#F08A6B" : "#A8331F"
    readonly property color focusRight: glow

    readonly property var origins: sharp
        ? { mirrored: "#FF9A78", remembered: "#FFD23F", computed: "#86E08F", author: "#FFFFFF" }
        : nightRight
        ? { mirrored: "#E8795A", remembered: "#D9A441", computed: "#8FB39A", author: "#866A5E" }
        : { mirrored: "#D5543A", remembered: "#A8760F", computed: "#4B7A58", author: "#937A6F" }
    readonly property color sure: origins.remembered

    function px(size: real): int { return Math.round(size * textScale) }
}
