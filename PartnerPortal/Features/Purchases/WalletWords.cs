using PartnerPortal.Components.Ui;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Purchases;

/// <summary>How a wallet's lines look.</summary>
internal static class WalletWords
{
    /// <summary>"+€43.20"; nothing has no sign.</summary>
    public static string Signed(long minor, string currency) => minor > 0 ? "+" + Money.Write(minor, currency) : Money.Write(minor, currency);

    public static BadgeTone Tone(WalletLineState state) => state switch
    {
        WalletLineState.Held => BadgeTone.Ring,
        WalletLineState.Available => BadgeTone.Ok,
        WalletLineState.Paid => BadgeTone.Idle,
        WalletLineState.TakenBack => BadgeTone.Warn,
        WalletLineState.Nothing => BadgeTone.Idle,
    };
}
