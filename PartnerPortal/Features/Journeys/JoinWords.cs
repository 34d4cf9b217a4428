using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Program;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Journeys;

/// <summary>Says in words why a Yes is not possible, and what can be done instead.</summary>
public static class JoinWords
{
    public static (string Title, string Text) Describe(this IStringLocalizer<JoinText> text, JoinProblem problem, ReaderTime time) => problem switch
    {
        UnknownPartner => (text["Unknown.Title"], text["Unknown.Text"]),
        PartnerTakesNoClients p => (text["NoClients.Title", p.PartnerName], text["NoClients.Text"]),
        OwnCode => (text["Own.Title"], text["Own.Text"]),
        OwnFirm p => (text["OwnFirm.Title", p.PartnerName], text["OwnFirm.Text", p.PartnerName]),
        AlreadyYourPartner p => (text["Already.Title", p.PartnerName], text["Already.Text", time.LongDate(p.Since)]),
        SwitchingBySupport p => (text["BySupport.Title", p.CurrentPartner], text["BySupport.Text"]),
        SwitchingLocked p => (text["Locked.Title", time.LongDate(p.Until)], text["Locked.Text", p.CurrentPartner, time.LongDate(p.Until)]),
        NotAdminOfAccount => (text["NotAdmin.Title"], text["NotAdmin.Text"]),
        HasNoPartner => (text["NoPartner.Title"], text["NoPartner.Text"]),
        ChangedLately p => (text["Lately.Title", time.LongDate(p.Until)], text["Lately.Text"]),
        LeftLately p => (text["LeftLately.Title", time.LongDate(p.Until)], text["LeftLately.Text", p.FormerPartner]),
        NothingToUndo => (text["NoUndo.Title"], text["NoUndo.Text"]),
        _ => throw new InvalidOperationException($"There are no words for {problem.GetType().Name}."),
    };

    /// <summary>How the client gets out again, as the program's rule for leaving has it.</summary>
    /// <param name="text">The strings.</param>
    /// <param name="program">The program's settings.</param>
    public static string HowToLeave(this IStringLocalizer<JoinText> text, ProgramSettings program) => program.Leaving switch
    {
        SwitchingRule.Allowed => text["Terms.Leave.Allowed"],
        SwitchingRule.BySupport => text["Terms.Leave.BySupport"],
        SwitchingRule.LockedForDays => text.Counted("Terms.Leave.Locked", program.SwitchingLockDays),
    };
}
