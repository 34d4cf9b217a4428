namespace PartnerPortal.Resources;

/// <summary>Names the string resources that several slices share: menus, buttons, words for time and state.</summary>
public sealed class SharedText;
