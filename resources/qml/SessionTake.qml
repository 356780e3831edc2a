import QtQuick
import QtQuick.Dialogs

// Taking a session away: a file of a format, or a screenplay that can be run as a test.
Item {
    id: take

    required property var away
    property bool screenplay: false
    readonly property alias wish: parts.contentHeight

    function begin() { (screenplay ? folder : file).forceActiveFocus(Qt.TabFocusReason) }

    PageScroll {
        id: parts
        margin: 0
        spacing: Look.px(10)
        Heading {
            term: take.screenplay ? "session_screenplay" : "session_export"
            note: take.away.head
        }
        SessionForms { visible: !take.screenplay; width: parent.width; away: take.away }
        PaneField {
            id: file
            objectName: "exportFile"
            visible: !take.screenplay
            width: parent.width
            label: "file"
            onEdited: take.away.name(text)
            onAccepted: take.away.export()
            Binding on text { when: !file.input.activeFocus; value: take.away.file; restoreMode: Binding.RestoreNone }
        }
        PaneField {
            id: folder
            objectName: "screenplayFolder"
            visible: take.screenplay
            width: parent.width
            label: "folder"
            onEdited: take.away.name_folder(text)
            onAccepted: take.away.screenplay()
            Binding on text { when: !folder.input.activeFocus; value: take.away.folder; restoreMode: Binding.RestoreNone }
        }
        Flow {
            width: parent.width
            spacing: Look.px(10)
            WordButton {
                objectName: take.screenplay ? "saveScreenplay" : "export"
                night: true
                boxed: true
                width: Math.min(implicitWidth, parent.width)
                enabled: !take.away.busy
                text: take.screenplay ? "save the screenplay" : "write the file"
                onClicked: take.screenplay ? take.away.screenplay() : take.away.export()
            }
            WordButton {
                objectName: "chooseFile"
                night: true
                boxed: true
                width: Math.min(implicitWidth, parent.width)
                text: take.screenplay ? "choose a folder …" : "choose a file …"
                onClicked: take.screenplay ? folders.active = true : files.active = true
            }
            WordButton {
                objectName: "replaceFile"
                night: true
                boxed: true
                width: Math.min(implicitWidth, parent.width)
                visible: take.away.there
                text: "write over it"
                onClicked: take.away.replace()
            }
        }
        Mono {
            objectName: "exportTold"
            told: text !== ""
            width: parent.width
            visible: text !== ""
            text: take.away.told
            wrapMode: Text.Wrap
            color: take.away.there ? Look.glow : Look.chalk
            Accessible.role: Accessible.StaticText
            Accessible.name: text
            onTextChanged: if (take.away.told) Accessible.announce(take.away.told)
        }
    }
    Loader {
        id: files
        objectName: "fileDialog"
        active: false
        sourceComponent: FileDialog {
            fileMode: FileDialog.SaveFile
            options: FileDialog.DontConfirmOverwrite
            title: "Where to write the session"
            onAccepted: { take.away.chosen(selectedFile); files.active = false }
            onRejected: files.active = false
            Component.onCompleted: { selectedFile = take.away.url; open() }
        }
    }
    Loader {
        id: folders
        active: false
        sourceComponent: FolderDialog {
            title: "Where to keep screenplays"
            onAccepted: { take.away.chosen_folder(selectedFolder); folders.active = false }
            onRejected: folders.active = false
            Component.onCompleted: open()
        }
    }
}
