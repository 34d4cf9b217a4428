namespace PartnerPortal.Components;

/// <summary>A feature of the request: whether the reader wants single-letter shortcuts.</summary>
/// <param name="Value">As the preference is kept; null when the reader never said.</param>
public sealed record ShortcutPreference(string? Value);
