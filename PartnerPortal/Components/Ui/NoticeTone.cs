namespace PartnerPortal.Components.Ui;

/// <summary>What a notice reports.</summary>
public enum NoticeTone
{
    /// <summary>Something to know, nothing to do.</summary>
    Info,

    /// <summary>What the person asked for has happened.</summary>
    Ok,

    /// <summary>It can go on, but something needs attention.</summary>
    Warn,

    /// <summary>It did not happen. Announced at once to screen readers.</summary>
    Bad,
}

internal static class NoticeTones
{
    public static string CssClass(this NoticeTone tone) => tone switch
    {
        NoticeTone.Info => "info",
        NoticeTone.Ok => "ok",
        NoticeTone.Warn => "warn",
        NoticeTone.Bad => "bad",
    };

    public static string IconName(this NoticeTone tone) => tone switch
    {
        NoticeTone.Info => "info",
        NoticeTone.Ok => "check",
        NoticeTone.Warn => "warning",
        NoticeTone.Bad => "alert",
    };
}
