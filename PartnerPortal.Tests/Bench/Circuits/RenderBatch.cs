using System.Buffers.Binary;
using System.Text;

namespace PartnerPortal.Tests.Bench.Circuits;

internal enum EditKind
{
    PrependFrame = 1,
    RemoveFrame,
    SetAttribute,
    RemoveAttribute,
    UpdateText,
    StepIn,
    StepOut,
    UpdateMarkup,
    PermutationEntry,
    PermutationEnd,
}

internal enum FrameKind
{
    Element = 1,
    Text,
    Attribute,
    Component,
    Region,
    ElementReference,
    ComponentReference,
    Markup,
    ComponentRenderMode,
    NamedEvent,
}

/// <summary>One change of a component's tree.</summary>
internal readonly record struct Edit(EditKind Kind, int Sibling, int FrameOrTarget, int RemovedName);

/// <summary>One frame; what its three fields mean depends on its kind.</summary>
internal readonly record struct Frame(FrameKind Kind, int First, int Second, ulong Handler)
{
    /// <summary>Of this frame and all below it.</summary>
    public int Length => Kind is FrameKind.Element or FrameKind.Component or FrameKind.Region ? First : 1;
}

/// <summary>What a server sends to be drawn, in the layout that <c>blazor.web.js</c> reads: numbers are little-endian, the last five say where each part is.</summary>
internal readonly struct RenderBatch(ReadOnlyMemory<byte> bytes)
{
    private const int EditSize = 16;
    private const int FrameSize = 20;

    /// <summary>As sent.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public int Components => Int(Int(Bytes.Length - 20));

    public int DisposedComponents => Int(Int(Bytes.Length - 12));

    private int Frames => Int(Bytes.Length - 16) + 4;

    private int Strings => Int(Bytes.Length - 4);

    public bool Contains(ReadOnlySpan<byte> text) => Bytes.Span.IndexOf(text) >= 0;

    public (int Component, int Edits, int At) Diff(int index)
    {
        var at = Int(Int(Bytes.Length - 20) + 4 + (4 * index));
        return (Int(at), Int(at + 4), at + 8);
    }

    public Edit Edit(int firstAt, int index)
    {
        var at = firstAt + (EditSize * index);
        return new Edit((EditKind)Int(at), Int(at + 4), Int(at + 8), Int(at + 12));
    }

    public Frame Frame(int index)
    {
        var at = Frames + (FrameSize * index);
        return new Frame((FrameKind)Int(at), Int(at + 4), Int(at + 8), BinaryPrimitives.ReadUInt64LittleEndian(Bytes.Span[(at + 12)..]));
    }

    public int DisposedComponent(int index) => Int(Int(Bytes.Length - 12) + 4 + (4 * index));

    public string? Text(int index)
    {
        if (index < 0)
        {
            return null;
        }

        var at = Int(Strings + (4 * index));
        int length = 0, digits = 0;
        var span = Bytes.Span[at..];
        do
        {
            length |= (span[digits] & 0x7f) << (7 * digits);
        }
        while ((span[digits++] & 0x80) != 0);

        return Encoding.UTF8.GetString(span.Slice(digits, length));
    }

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(Bytes.Span[at..]);
}
