using System.Security.Cryptography;
using PartnerPortal.Email;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A filled draft that waits to be drawn.</summary>
public sealed record TemplateDraft(MailContent Content, string Language, long UserId);

/// <summary>
/// Keeps the drafts whose pages are open, until their frames have fetched them: mail carries its styles in itself, which the portal's pages may not, so a frame needs an address of its
/// own. A page holds its place as long as it is open and changes what is in it; nothing is written down.
/// </summary>
public sealed class TemplateDrafts
{
    /// <summary>Pages beyond that take the places of the oldest.</summary>
    private const int Most = 50;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, TemplateDraft Draft)> _kept = [];

    /// <returns>By which it is found.</returns>
    public string Keep(TemplateDraft draft)
    {
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_lock)
        {
            _kept.AddLast((key, draft));
            if (_kept.Count > Most)
            {
                _kept.RemoveFirst();
            }
        }

        return key;
    }

    public void Forget(string key)
    {
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key == key)
                {
                    _kept.Remove(node);
                    return;
                }
            }
        }
    }

    /// <returns>Null when it is gone, or another person's.</returns>
    public TemplateDraft? Find(string key, long? userId)
    {
        lock (_lock)
        {
            return _kept.FirstOrDefault(k => k.Key == key && k.Draft.UserId == userId).Draft;
        }
    }
}
