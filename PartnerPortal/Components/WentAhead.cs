namespace PartnerPortal.Components;

/// <summary>
/// Where a page went that shows at once what it goes to, and does not wait until the browser says that its address is another. When the browser says so of one address while the page
/// has gone on to the next, that is old news.
/// </summary>
public struct WentAhead
{
    private List<string>? _addresses;

    /// <param name="address">Path and query.</param>
    public void Goes(string address) => (_addresses ??= new List<string>(1)).Add(address);

    /// <summary>Asked when the address changed.</summary>
    /// <param name="address">The browser's now; path and query.</param>
    /// <returns>The page came through there by itself and has gone on: the browser will say so, too.</returns>
    public readonly bool IsOvertaken(string address)
    {
        if (_addresses is not { } went || went.IndexOf(address) is var at && at < 0)
        {
            return false;
        }

        // What was before it is never said any more: a connection was lost, or the browser skipped it.
        went.RemoveRange(0, at + 1);
        return went.Count > 0;
    }
}
