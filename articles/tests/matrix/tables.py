"""Who gets what at which address. A person reads these tables; test_matrix walks every cell.

Cells: a status · `in`: sent to the log-in · `302`: sent on, nothing stored · `done`: stored, then
sent on · `state`: see the table of states. A method has a row of its own or falls under `*`; HEAD
answers as GET. Only `done`, and what is marked with `!`, may change the database.
"""

# What each column may do. `view_*` is every such right in this app.
ROLES = {
    "anon": "nobody",
    "account": "an account that is not for the newsroom",
    "norights": "staff",
    "viewer": "staff view_*",
    "writer": "staff view_* add_article change_article add_tag add_author add_photo change_photo"
    " change_front",
    "editor": "staff view_* add_article change_article delete_article publish_article"
    " withdraw_article review_article add_tag add_author add_category change_category"
    " decide_importitem add_front change_front publish_front",
    "super": "staff everything",
    "left": "staff everything and has left the newsroom",
}

# Models whose pages answer alike.
KINDS = {
    "library": "articles_photo articles_video articles_attachment",
    "file": "articles_video articles_attachment",
    "record": "articles_revision articles_version articles_redaction articles_importrun"
    " articles_importitem articles_auditentry",
    "place": "articles_tag articles_author",
    "house": "auth_group auth_user sites_site redirects_redirect",
    "log": "axes_accessattempt axes_accesslog axes_accessfailurelog",
}

DESK = """
page                            method  anon account norights viewer writer editor super left
admin:index                     *       in   in      200      200    200    200    200   in
admin:login                     GET     200  200     302      302    302    302    302   200
admin:login                     HEAD    200  200     200      200    200    200    200   200
admin:login                     DELETE  405  405     405      405    405    405    405   405
admin:login                     *       200  200     200      200    200    200    200   200
admin:logout                    POST    302  302     200!     200!   200!   200!   200!  302
admin:logout                    OPTIONS 302  302     200      200    200    200    200   302
admin:logout                    *       302  302     405      405    405    405    405   302
admin:password_change           DELETE  in   in      405      405    405    405    405   in
admin:password_change           *       in   in      200      200    200    200    200   in
admin:password_change_done      GET     in   in      200      200    200    200    200   in
admin:password_change_done      OPTIONS in   in      200      200    200    200    200   in
admin:password_change_done      *       in   in      405      405    405    405    405   in
admin:jsi18n                    GET     in   in      200      200    200    200    200   in
admin:jsi18n                    OPTIONS in   in      200      200    200    200    200   in
admin:jsi18n                    *       in   in      405      405    405    405    405   in
admin:app_list                  *       in   in      404      200    200    200    200   in
admin:view_on_site              *       in   in      403      302    302    302    302   in
admin:(?P<url>.*)$              *       in   in      404      404    404    404    404   in

handbook                        *       in   in      200      200    200    200    200   in
handbook-chapter                *       in   in      200      200    200    200    200   in
handbook-picture                *       in   in      200      200    200    200    200   in

admin:autocomplete              GET     in   in      403      403    403    403    200   in
admin:autocomplete              OPTIONS in   in      200      200    200    200    200   in
admin:autocomplete              *       in   in      405      405    405    405    405   in
admin:articles_article_pick     GET     in   in      403      200    200    200    200   in
admin:articles_article_pick     OPTIONS in   in      200      200    200    200    200   in
admin:articles_article_pick     *       in   in      405      405    405    405    405   in

admin:articles_article_changelist    *    in   in    403      200    200    200    200   in
admin:articles_article_add           POST in   in    403      403    done   done   done  in
admin:articles_article_add           *    in   in    403      403    200    200    200   in
admin:articles_article_add+publish   POST in   in    403      403    403    done   done  in

admin:articles_article_waiting       *    in   in    403      200    200    200    200   in
admin:articles_article_connect       POST in   in    403      403    done   done   done  in
admin:articles_article_connect       *    in   in    403      403    200    200    200   in

admin:articles_importitem_source     GET  in   in    403      200    200    200    200   in
admin:articles_importitem_source     *    in   in    405      405    405    405    405   in
admin:articles_importitem_take       POST in   in    403      403    403    done   done  in
admin:articles_importitem_take       *    in   in    405      405    405    405    405   in
admin:articles_importitem_merge      POST in   in    403      403    403    done   done  in
admin:articles_importitem_merge      *    in   in    405      405    405    405    405   in
admin:articles_importitem_keep       POST in   in    403      403    403    done   done  in
admin:articles_importitem_keep       *    in   in    405      405    405    405    405   in
admin:articles_importitem_dismiss    POST in   in    403      403    403    done   done  in
admin:articles_importitem_dismiss    *    in   in    405      405    405    405    405   in

admin:{library}_changelist      *       in   in      403      200    200    200    200   in
admin:{library}_history         *       in   in      403      200    200    200    200   in
admin:{library}_object          *       in   in      302      302    302    302    302   in
admin:articles_photo_many       POST    in   in      403      403    200!   403    200!  in
admin:articles_photo_many       *       in   in      403      403    200    403    200   in
admin:articles_photo_words      POST    in   in      403      403    done   403    done  in
admin:articles_photo_words      *       in   in      403      403    200    403    200   in
admin:articles_photo_add        POST    in   in      403      403    done   403    done  in
admin:articles_photo_add        *       in   in      403      403    200    403    200   in
admin:articles_photo_change     POST    in   in      403      403    done   403    done  in
admin:articles_photo_change     *       in   in      403      200    200    200    200   in
admin:articles_photo_delete     *       in   in      403      403    403    403    200   in
admin:{file}_add                POST    in   in      403      403    403    403    done  in
admin:{file}_add                *       in   in      403      403    403    403    200   in
admin:{file}_change             POST    in   in      403      403    403    403    done  in
admin:{file}_change             *       in   in      403      200    200    200    200   in
admin:{file}_delete             POST    in   in      403      403    403    403    done  in
admin:{file}_delete             *       in   in      403      403    403    403    200   in

admin:{record}_changelist       *       in   in      403      200    200    200    200   in
admin:{record}_change           POST    in   in      403      403    403    403    403   in
admin:{record}_change           *       in   in      403      200    200    200    200   in
admin:{record}_history          *       in   in      403      200    200    200    200   in
admin:{record}_object           *       in   in      302      302    302    302    302   in
admin:{record}_add              *       in   in      403      403    403    403    403   in
admin:{record}_delete           *       in   in      403      403    403    403    403   in

admin:articles_category_changelist * in   in      403      200    200    200    200   in
admin:articles_category_add     POST    in   in      403      403    403    done   done  in
admin:articles_category_add     *       in   in      403      403    403    200    200   in
admin:articles_category_change  POST    in   in      403      403    403    done   done  in
admin:articles_category_change  *       in   in      403      200    200    200    200   in
admin:articles_category_delete  POST    in   in      403      403    403    403    done  in
admin:articles_category_delete  *       in   in      403      403    403    403    200   in
admin:articles_category_history *       in   in      403      200    200    200    200   in
admin:articles_category_object  *       in   in      302      302    302    302    302   in
admin:articles_category_move    POST    in   in      403      403    403    200!   200!  in
admin:articles_category_move    *       in   in      403      403    403    200    200   in

admin:articles_front_changelist *       in   in      403      200    200    200    200   in
admin:articles_front_add        POST    in   in      403      403    403    done   done  in
admin:articles_front_add        *       in   in      403      403    403    200    200   in
admin:articles_front_change     POST    in   in      403      403    done   done   done  in
admin:articles_front_change     *       in   in      403      200    200    200    200   in
admin:articles_front_preview    *       in   in      403      200    200    200    200   in
admin:articles_front_publish    POST    in   in      403      403    403    done   done  in
admin:articles_front_publish    *       in   in      403      403    403    200    200   in
admin:articles_front_schedule   POST    in   in      403      403    403    done   done  in
admin:articles_front_schedule   *       in   in      403      403    403    200    200   in
admin:articles_front_unschedule POST    in   in      403      403    403    done   done  in
admin:articles_front_unschedule *       in   in      403      403    403    200    200   in
admin:articles_front_withdraw   POST    in   in      403      403    403    done   done  in
admin:articles_front_withdraw   *       in   in      403      403    403    200    200   in
admin:articles_front_restore    POST    in   in      403      403    done   done   done  in
admin:articles_front_restore    *       in   in      403      403    200    200    200   in
admin:articles_front_delete     *       in   in      403      403    403    403    403   in
admin:articles_front_history    *       in   in      403      200    200    200    200   in
admin:articles_front_object     *       in   in      302      302    302    302    302   in

admin:{place}_changelist        *       in   in      403      200    200    200    200   in
admin:{place}_add               POST    in   in      403      403    done   done   done  in
admin:{place}_add               *       in   in      403      403    200    200    200   in
admin:{place}_change            POST    in   in      403      403    403    403    done  in
admin:{place}_change            *       in   in      403      200    200    200    200   in
admin:{place}_delete            POST    in   in      403      403    403    403    done  in
admin:{place}_delete            *       in   in      403      403    403    403    200   in
admin:{place}_history           *       in   in      403      200    200    200    200   in
admin:{place}_object            *       in   in      302      302    302    302    302   in

admin:{house}_changelist        *       in   in      403      403    403    403    200   in
admin:{house}_add               POST    in   in      403      403    403    403    done  in
admin:{house}_add               *       in   in      403      403    403    403    200   in
admin:{house}_change            POST    in   in      403      403    403    403    done  in
admin:{house}_change            *       in   in      403      403    403    403    200   in
admin:{house}_delete            POST    in   in      403      403    403    403    done  in
admin:{house}_delete            *       in   in      403      403    403    403    200   in
admin:{house}_history           *       in   in      403      403    403    403    200   in
admin:{house}_object            *       in   in      302      302    302    302    302   in
admin:auth_user_password_change POST    in   in      403      403    403    403    done  in
admin:auth_user_password_change *       in   in      403      403    403    403    200   in

admin:{log}_changelist          *       in   in      403      403    403    403    200   in
admin:{log}_add                 *       in   in      403      403    403    403    403   in
admin:{log}_change              POST    in   in      403      403    403    403    done  in
admin:{log}_change              *       in   in      403      403    403    403    200   in
admin:{log}_delete              POST    in   in      403      403    403    403    done  in
admin:{log}_delete              *       in   in      403      403    403    403    200   in
admin:{log}_history             *       in   in      403      403    403    403    200   in
admin:{log}_object              *       in   in      302      302    302    302    302   in
"""

# The pages of one story, for each of its states. The draft waits for review and the withheld one is
# approved; all are somebody else's, and there are notes on each.
STORY = """
page            method  anon account norights viewer writer editor super left
preview         *       in   in      403      200    200    200    200   in
presence        POST    in   in      403      403    200!   200!   200!  in
presence        *       in   in      405      405    405    405    405   in
publish         *       in   in      403      403    403    state  state in
schedule        *       in   in      403      403    403    state  state in
correct         *       in   in      403      403    403    state  state in
unschedule      *       in   in      403      403    403    state  state in
withdraw        *       in   in      403      403    403    state  state in
address         *       in   in      403      403    403    state  state in
submit          *       in   in      403      403    state  state  state in
approve         *       in   in      403      403    403    state  state in
sendback        *       in   in      403      403    403    state  state in
assign          POST    in   in      403      403    done   done   done  in
assign          *       in   in      403      403    200    200    200   in
note            POST    in   in      403      403    done   done   done  in
note            *       in   in      403      403    200    200    200   in
history         *       in   in      403      200    200    200    200   in
compare         *       in   in      403      200    200    200    200   in
restore         POST    in   in      403      403    302    302    302   in
restore         *       in   in      403      403    200    200    200   in
merge           *       in   in      403      403    302    302    302   in
object          *       in   in      302      302    302    302    302   in
delete          *       in   in      403      403    403    state  state in
change          POST    in   in      403      403    done   done   done  in
change          *       in   in      403      200    200    200    200   in
change+publish  POST    in   in      403      403    403    done   done  in
"""

# Those who may: what becomes of it.
STATES = """
page       method draft withheld scheduled embargoed unscheduled live changed pending withdrawn
publish    POST   done  done     done      200       done        200  done    done    done
publish    *      200   200      200       200       200         200  200     200     200
schedule   POST   done  done     done      done      done        200  done    done    done
schedule   *      200   200      200       200       200         200  200     200     200
correct    POST   302   302      302       302       302         done done    done    302
correct    *      302   302      302       302       302         200  200     200     302
unschedule POST   302   302      done      done      302         302  302     done    302
unschedule *      302   302      200       200       302         302  302     200     302
withdraw   POST   302   302      302       302       302         done done    done    302
withdraw   *      302   302      302       302       302         200  200     200     302
address    POST   302   302      done      done      done        done done    done    done
address    *      302   302      200       200       200         200  200     200     200
submit     POST   302   302      done      done      done        done done    done    done
submit     *      302   302      200       200       200         200  200     200     200
approve    POST   done  302      done      done      done        done done    done    done
approve    *      200   302      200       200       200         200  200     200     200
sendback   POST   done  done     302       302       302         302  302     302     302
sendback   *      200   200      302       302       302         302  302     302     302
delete     POST   done  done     302       302       302         302  302     302     302
delete     *      200   200      302       302       302         302  302     302     302
"""

# Readers' pages answer everybody alike: whoever is logged in gets the very same bytes. (But of a
# picture whose rights are over, and of what is attached to a draft: see test_picture_rights and
# test_attachments. The addresses below are nobody's.) GET and HEAD as below, everything else 405.
SITE = """
page           method  answer
front          GET     200
archive        GET     200
archive-month  GET     200
corrections    GET     200
search         GET     200
recent         GET     200
feed           GET     200
sitemap        GET     200
sitemap-day    GET     200
news-sitemap   GET     200
robots         GET     200
health-live    GET     200
health-ready   GET     200!
limited        GET     404
attached       GET     404
"""

# The page of a story, and of the tag, author and category that no other story has.
READERS = """
page          method draft withheld scheduled embargoed unscheduled live changed pending withdrawn
article       GET    404   404      404       404       404         200  200     200     410
tag           GET    404   404      404       404       404         200  200     200     404
author        GET    404   404      404       404       404         200  200     200     404
category      GET    404   404      404       404       404         200  200     200     404
category-feed GET    404   404      404       404       404         200  200     200     404
"""
