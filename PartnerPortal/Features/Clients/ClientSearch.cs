using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>Narrows lines down to what a filter asks for.</summary>
internal static class ClientSearch
{
    /// <summary>What is longer was pasted by mistake.</summary>
    private const int MaxSearch = 200;

    private const int MaxWords = 10;

    public static IQueryable<ClientRecord> Matching(this IQueryable<ClientRecord> rows, ClientFilter filter)
    {
        if (filter.Statuses is { Count: > 0 } statuses)
        {
            rows = rows.Where(r => statuses.Contains(r.Status));
        }

        if (filter.CameBy is { Count: > 0 } ways)
        {
            rows = rows.Where(r => ways.Contains(r.CameBy));
        }

        if (filter.From is { } from)
        {
            rows = rows.Where(r => r.Since >= from);
        }

        if (filter.Before is { } before)
        {
            rows = rows.Where(r => r.Since < before);
        }

        if (filter.Tag is { Length: > 0 } tag)
        {
            rows = rows.Where(r => r.Tags.Any(t => t.Name == tag));
        }

        return Terms(filter.Search).Aggregate(rows, (narrowed, term) => narrowed.Where(Predicate(term, filter.Country)));
    }

    private static Expression<Func<ClientRecord, bool>> Predicate(Term term, string? country)
    {
        var words = term.Words.Select(Containing).Aggregate((all, word) => Join(all, word, Expression.AndAlso));
        // "030 231 25" may be three words or one number: what either finds is found.
        return term.IsNumber
            ? PhoneNumber.SearchForms(string.Join(' ', term.Words), country).Select(Containing).Aggregate(words, (any, digits) => Join(any, digits, Expression.OrElse))
            : words;
    }

    private static Expression<Func<ClientRecord, bool>> Containing(string text)
    {
        var pattern = $"%{SearchText.EscapeLike(text)}%";
        return r => EF.Functions.Like(r.SearchText, pattern, "\\");
    }

    private static Expression<Func<ClientRecord, bool>> Join(
        Expression<Func<ClientRecord, bool>> one, Expression<Func<ClientRecord, bool>> other, Func<Expression, Expression, BinaryExpression> join) =>
        Expression.Lambda<Func<ClientRecord, bool>>(
            join(one.Body, ReplacingExpressionVisitor.Replace(other.Parameters[0], one.Parameters[0], other.Body)), one.Parameters[0]);

    /// <summary>Single words, and runs of words that can be one telephone number.</summary>
    private static List<Term> Terms(string? search)
    {
        var terms = new List<Term>();
        foreach (var word in SearchText.Fold(search?.Length > MaxSearch ? search[..MaxSearch] : search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            var isNumber = word.Any(char.IsAsciiDigit) && !word.Any(sign => char.IsLetter(sign) || sign is '@' or '%' or '_');
            if (isNumber && terms is [.., { IsNumber: true } last])
            {
                last.Words.Add(word);
            }
            else
            {
                terms.Add(new Term([word], isNumber));
            }
        }

        return terms;
    }

    private sealed record Term(List<string> Words, bool IsNumber);
}
