namespace PartnerPortal.Features.Palette;

/// <summary>Names the strings of the command palette.</summary>
public sealed class PaletteText;
