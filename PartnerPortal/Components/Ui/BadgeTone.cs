namespace PartnerPortal.Components.Ui;

/// <summary>Colour and mark of a badge. The word in it carries the meaning; the mark's shape differs too.</summary>
public enum BadgeTone
{
    /// <summary>Nothing is expected: ended, booked, left.</summary>
    Idle,

    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Someone should look at it, or it waits.</summary>
    Warn,

    /// <summary>Begun, an answer is outstanding.</summary>
    Ring,

    /// <summary>Failed or refused.</summary>
    Bad,
}

internal static class BadgeTones
{
    public static string CssClass(this BadgeTone tone) => tone switch
    {
        BadgeTone.Idle => "idle",
        BadgeTone.Ok => "ok",
        BadgeTone.Warn => "warn",
        BadgeTone.Ring => "ring",
        BadgeTone.Bad => "bad",
    };
}
