import QtQuick

// The keys that work in both windows.
Item {
    id: keys

    required property var window_
    required property var controls
    required property var pages
    required property var place
    required property var preferences
    property bool dark: false        // the lights are out

    signal typingAsked()
    signal nextPartAsked()
    signal escaped()

    readonly property var tabs: ["now", "time", "whatif", "memory", "ledger", "rules", "session", "record"]

    function open(tab: string) {
        preferences.open_pane(true)
        pages.go(tab, "")
    }
    function turn(by: int) {
        const at = tabs.indexOf(pages.tab)
        open(tabs[(at + by + tabs.length) % tabs.length])
    }

    Shortcut { sequences: ["F2"]; autoRepeat: false; onActivated: keys.preferences.open_pane(!keys.preferences.paneOpen) }
    Shortcut { sequences: ["Shift+F2"]; autoRepeat: false; onActivated: keys.preferences.set_apart(!keys.preferences.paneApart) }
    Shortcut { sequences: ["F3"]; autoRepeat: false; onActivated: keys.controls.lights(keys.dark) }
    Shortcut { sequences: ["F4"]; autoRepeat: false; onActivated: keys.preferences.next_look() }
    Shortcut { sequences: ["Escape"]; onActivated: keys.escaped() }
    Shortcut { sequences: ["Ctrl+L"]; onActivated: keys.typingAsked() }
    Shortcut { sequences: ["F6"]; onActivated: keys.nextPartAsked() }
    Shortcut { sequences: ["Ctrl+Q"]; autoRepeat: false; onActivated: keys.window_.close() }
    Shortcut { sequences: ["Ctrl++", "Ctrl+="]; onActivated: keys.preferences.grow(1) }
    Shortcut { sequences: ["Ctrl+-"]; onActivated: keys.preferences.grow(-1) }
    Shortcut { sequences: ["Ctrl+0"]; onActivated: keys.preferences.grow(0) }
    Shortcut { sequences: ["Ctrl+Tab", "Ctrl+PgDown"]; onActivated: keys.turn(1) }
    Shortcut { sequences: ["Ctrl+Shift+Tab", "Ctrl+PgUp"]; onActivated: keys.turn(-1) }
    Shortcut { sequences: ["Alt+Left"]; onActivated: keys.place.step(-1) }
    Shortcut { sequences: ["Alt+Right"]; onActivated: keys.place.step(1) }
    Shortcut { sequences: ["Alt+End"]; onActivated: keys.place.back() }
    Shortcut { sequences: ["Ctrl+F"]; autoRepeat: false; onActivated: { keys.preferences.open_pane(true); keys.pages.go("session", "search") } }
    Instantiator {
        model: keys.tabs
        Shortcut {
            required property int index
            required property string modelData
            sequences: ["Ctrl+" + (index + 1)]
            onActivated: keys.open(modelData)
        }
    }
}
