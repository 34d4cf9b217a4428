using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;

namespace PartnerPortal.Features.Orders;

/// <summary>Gives invoices their numbers.</summary>
internal static class InvoiceNumbers
{
    /// <summary>
    /// The next number of the year's series. The lock is held until the transaction ends: who waits for it reads what the one before committed, and a number of a
    /// transaction that is rolled back is given to the next.
    /// </summary>
    public static async Task<(string Series, int Sequence)> NextAsync(PortalTransaction work, CancellationToken ct)
    {
        var name = work.Now.Year.ToString(CultureInfo.InvariantCulture);
        await work.LockAsync(PortalLock.Invoices, 0, ct);
        var series = await work.Db.InvoiceSeries.FirstOrDefaultAsync(s => s.Name == name, ct);
        if (series is null)
        {
            work.Db.InvoiceSeries.Add(series = new InvoiceSeries(name));
        }

        return (name, series.Next());
    }
}
