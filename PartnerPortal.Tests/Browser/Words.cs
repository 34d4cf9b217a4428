using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using PartnerPortal.Areas.Identity;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Shared;

namespace PartnerPortal.Tests.Browser;

/// <summary>What the pages say in one language, for tests that look for it there.</summary>
internal sealed class Words(LivePortal live, string language)
{
    public string Language => language;

    public string Clients(string key, params object[] values) => Of<ClientsText>(key, values);

    public string Identity(string key, params object[] values) => Of<IdentityText>(key, values);

    public string Invitations(string key, params object[] values) => Of<InvitationsText>(key, values);

    public string Join(string key, params object[] values) => Of<JoinText>(key, values);

    private string Of<T>(string key, object[] values)
    {
        using (Languages.Speak(language))
        {
            var text = live.Portal.Services.GetRequiredService<IStringLocalizer<T>>()[key, values];
            Assert.False(text.ResourceNotFound, key);
            return text.Value;
        }
    }
}
