namespace PartnerPortal.Features.Clients;

/// <summary>Which lines are chosen on an open page, whatever page of the list or filter is shown. Only their ids are held, sorted.</summary>
public sealed class ClientSelection
{
    private readonly List<long> _ids = [];

    public int Count => _ids.Count;

    public IReadOnlyList<long> Ids => _ids;

    public bool Has(long id) => _ids.BinarySearch(id) >= 0;

    /// <returns>False when there is no room for all of them (<see cref="ManyClients.Limit"/>); then nothing is changed.</returns>
    public bool Set(IEnumerable<long> ids, bool chosen)
    {
        var changing = ids.Where(id => Has(id) != chosen).ToHashSet();
        if (!chosen)
        {
            _ids.RemoveAll(changing.Contains);
            return true;
        }

        if (_ids.Count + changing.Count > ManyClients.Limit)
        {
            return false;
        }

        _ids.AddRange(changing);
        _ids.Sort();
        return true;
    }

    public void Clear() => _ids.Clear();
}
