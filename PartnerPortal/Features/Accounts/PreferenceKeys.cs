namespace PartnerPortal.Features.Accounts;

/// <summary>Names under which a user's own choices are kept.</summary>
public static class PreferenceKeys
{
    /// <summary>Single letter keys as shortcuts: "off", or anything else for on (WCAG 2.2, 2.1.4).</summary>
    public const string Shortcuts = "shortcuts";

    public const string Off = "off";

    public const string On = "on";
}
