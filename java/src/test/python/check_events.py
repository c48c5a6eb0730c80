#!/usr/bin/env python3
"""Checks TensorBoard event files with nothing of stic or TensorFlow: each frame and each message.

    python3 java/src/test/python/check_events.py runs/NAME/tensorboard

Needs Google's protobuf for Python (Debian: python3-protobuf). The fields are declared here after
TensorFlow's event.proto, summary.proto, tensor.proto and tensor_shape.proto; CRC-32C is computed bit
by bit. Prints what it read; exits with 1 and the place at the first fault.
"""
import pathlib
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool

try:
    from google.protobuf.message_factory import GetMessageClass
except ImportError:  # before protobuf 4.22
    from google.protobuf.message_factory import MessageFactory

    def GetMessageClass(descriptor):
        return MessageFactory().GetPrototype(descriptor)


KIND = descriptor_pb2.FieldDescriptorProto
FIELDS = {
    "Event": [
        ("wall_time", 1, KIND.TYPE_DOUBLE),
        ("step", 2, KIND.TYPE_INT64),
        ("file_version", 3, KIND.TYPE_STRING),
        ("summary", 5, "Summary"),
        ("session_log", 7, "SessionLog"),
    ],
    "SessionLog": [("status", 1, KIND.TYPE_INT32)],
    "Summary": [("value", 1, "*Value")],
    "Value": [
        ("tag", 1, KIND.TYPE_STRING),
        ("simple_value", 2, KIND.TYPE_FLOAT),
        ("image", 4, "Image"),
        ("tensor", 8, "Tensor"),
        ("metadata", 9, "Metadata"),
    ],
    "Image": [
        ("height", 1, KIND.TYPE_INT32),
        ("width", 2, KIND.TYPE_INT32),
        ("colorspace", 3, KIND.TYPE_INT32),
        ("encoded_image_string", 4, KIND.TYPE_BYTES),
    ],
    "Tensor": [
        ("dtype", 1, KIND.TYPE_INT32),
        ("tensor_shape", 2, "TensorShape"),
        ("string_val", 8, KIND.TYPE_BYTES),
    ],
    "TensorShape": [("dim", 2, "*Dim")],
    "Dim": [("size", 1, KIND.TYPE_INT64)],
    "Metadata": [("plugin_data", 1, "PluginData")],
    "PluginData": [("plugin_name", 1, KIND.TYPE_STRING)],
}


def event_class():
    file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="check", syntax="proto2")
    for name, fields in FIELDS.items():
        message = file.message_type.add(name=name)
        for field_name, number, kind in fields:
            field = message.field.add(name=field_name, number=number)
            repeated = field_name == "string_val" or str(kind).startswith("*")
            field.label = KIND.LABEL_REPEATED if repeated else KIND.LABEL_OPTIONAL
            if isinstance(kind, str):
                field.type = KIND.TYPE_MESSAGE
                field.type_name = ".check." + kind.lstrip("*")
            else:
                field.type = kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return GetMessageClass(pool.FindMessageTypeByName("check.Event"))


def crc_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = crc_table()


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(path):
    data = path.read_bytes()
    at = 0
    while at < len(data):
        if at + 12 > len(data):
            sys.exit(f"{path}: the frame at byte {at} is cut off")
        length, crc = struct.unpack_from("<QI", data, at)
        if crc != masked_crc(data[at : at + 8]):
            sys.exit(f"{path}: wrong checksum of the length at byte {at}")
        record = data[at + 12 : at + 12 + length]
        if len(record) != length or at + 16 + length > len(data):
            sys.exit(f"{path}: the record at byte {at} is cut off")
        if struct.unpack_from("<I", data, at + 12 + length)[0] != masked_crc(record):
            sys.exit(f"{path}: wrong checksum of the record at byte {at}")
        yield record
        at += 16 + length


def check(path, Event):
    first = True
    for record in records(path):
        event = Event.FromString(record)
        if len(event.SerializeToString()) != len(record):
            sys.exit(f"{path}: a message does not survive parsing")
        if first and event.file_version != "brain.Event:2":
            sys.exit(f"{path}: begins with version {event.file_version!r}")
        first = False
        for value in event.summary.value:
            if value.HasField("image"):
                png = value.image.encoded_image_string
                size = struct.unpack(">II", png[16:24])
                if png[:8] != b"\x89PNG\r\n\x1a\n" or size != (value.image.width, value.image.height):
                    sys.exit(f"{path}: {value.tag} is no PNG of the size that is told")
                print(f"step {event.step} {value.tag}: picture of {size[0]}x{size[1]} pixels")
            elif value.HasField("tensor"):
                if value.metadata.plugin_data.plugin_name != "text" or value.tensor.dtype != 7:
                    sys.exit(f"{path}: {value.tag} is neither number, picture nor text")
                print(f"step {event.step} {value.tag}: {len(value.tensor.string_val[0])} bytes of text")
            else:
                print(f"step {event.step} {value.tag}: {value.simple_value:g}")
    if first:
        sys.exit(f"{path}: no records")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    files = sorted(pathlib.Path(sys.argv[1]).glob("*tfevents*"))
    if not files:
        sys.exit(f"{sys.argv[1]} holds no event files")
    assert masked_crc(bytes(32)) == 0x0FD7FFFA, "this script's CRC-32C is wrong"
    Event = event_class()
    for path in files:
        check(path, Event)
        print(f"{path}: every frame and message is right")


main()
