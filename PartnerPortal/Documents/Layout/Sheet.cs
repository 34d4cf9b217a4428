namespace PartnerPortal.Documents.Layout;

/// <summary>A4 and what is left free on it, in points of 1/72 inch.</summary>
internal static class Sheet
{
    public const float Width = 595.28f;
    public const float Height = 841.89f;
    public const float Side = 51;
    public const float Top = 78;
    public const float Bottom = 70;
    public const float HeadLine = 40;
    public const float FootLine = Height - 46;

    /// <summary>Between the sides.</summary>
    public const float Inner = Width - (2 * Side);
}
